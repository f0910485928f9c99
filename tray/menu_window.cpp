#include "menu_window.h"

#include "icons.h"

#include <QActionEvent>
#include <QCloseEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace ssprotect::tray {

MenuWindow::MenuWindow(QMenu& menu) : menu_(menu), buttons_(new QVBoxLayout), message_(new QLabel(this)) {
    setWindowTitle(tr("SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    message_->setWordWrap(true);
    message_->setAccessibleName(tr("Last message"));
    auto* column = new QVBoxLayout(this);
    column->addLayout(buttons_);
    column->addStretch(1);
    column->addWidget(message_);
    setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    for (auto* action : menu_.actions())
        connect(action, &QAction::changed, this, [this] {
            // A menu changes many entries at once; the window is built anew once.
            if (!std::exchange(rebuilding_, true))
                QTimer::singleShot(0, this, &MenuWindow::rebuild);
        });
    rebuild();
}

void MenuWindow::rebuild() {
    rebuilding_ = false;
    while (auto* item = buttons_->takeAt(0)) {
        if (auto* widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    for (auto* action : menu_.actions()) {
        if (!action->isVisible())
            continue;
        if (action->isSeparator()) {
            buttons_->addSpacing(8);
        } else if (!action->isEnabled()) {
            buttons_->addWidget(new QLabel(action->text(), this));
        } else {
            auto* button = new QPushButton(action->text(), this);
            if (action->menu() != nullptr)
                button->setMenu(action->menu());
            else
                connect(button, &QPushButton::clicked, action, &QAction::trigger);
            buttons_->addWidget(button);
        }
    }
}

void MenuWindow::showMessage(const QString& title, const QString& text) {
    message_->setText(QString("<b>%1</b><br>%2").arg(title.toHtmlEscaped(), text.toHtmlEscaped()));
}

void MenuWindow::closeEvent(QCloseEvent* event) {
    // It is all there is of the program; closing it asks to quit, and only the end closes it.
    event->ignore();
    emit quitAsked();
}

} // namespace ssprotect::tray
