#include "quit_dialog.h"

#include "icons.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace ssprotect::tray {

QuitDialog::QuitDialog(const QStringList& openFiles, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Quit SSProtect"));
    setWindowIcon(shieldIcon(Shield::busy));
    setAttribute(Qt::WA_DeleteOnClose);
    const int count = static_cast<int>(openFiles.size());
    auto* text = new QLabel(count == 1 ? tr("A protected file is still open:")
                                       : tr("%n protected files are still open:", nullptr, count),
                            this);
    auto* list = new QListWidget(this);
    list->addItems(openFiles);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setAccessibleName(tr("Open files"));
    text->setBuddy(list);
    auto* advice =
        new QLabel(tr("Wait quits once their applications have closed them. Protect Now protects what was last "
                      "saved; what is changed after that in an application still open is not kept."),
                   this);
    advice->setWordWrap(true);

    auto* buttons = new QDialogButtonBox(this);
    auto* wait = buttons->addButton(tr("&Wait, Then Quit"), QDialogButtonBox::AcceptRole);
    auto* protect = buttons->addButton(tr("&Protect Now and Quit"), QDialogButtonBox::DestructiveRole);
    auto* stay = buttons->addButton(tr("&Do Not Quit"), QDialogButtonBox::RejectRole);
    wait->setObjectName("wait");
    protect->setObjectName("protect");
    stay->setObjectName("stay");
    wait->setAutoDefault(false);
    protect->setAutoDefault(false);
    stay->setDefault(true);
    connect(wait, &QPushButton::clicked, this, [this] { choose(Choice::wait); });
    connect(protect, &QPushButton::clicked, this, [this] { choose(Choice::protect); });
    connect(stay, &QPushButton::clicked, this, [this] { choose(Choice::stay); });

    auto* column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(list, 1);
    column->addWidget(advice);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 16);
}

void QuitDialog::choose(Choice choice) {
    emit chosen(choice);
    close();
}

} // namespace ssprotect::tray
