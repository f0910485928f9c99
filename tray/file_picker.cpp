#include "file_picker.h"

#include "suggested_path.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ssprotect::tray {

FilePicker::FilePicker(Kind kind, const QString& title, const QString& filter, QWidget* parent)
    : QWidget(parent), kind_(kind), title_(title), filter_(filter), edit_(new QLineEdit(this)) {
    auto* button = new QPushButton(tr("Bro&wse…"), this);
    button->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(edit_, 1);
    row->addWidget(button);
    edit_->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    setFocusProxy(edit_);
    setFocusPolicy(edit_->focusPolicy()); // a label's shortcut asks the buddy, not its proxy
    connect(button, &QPushButton::clicked, this, &FilePicker::browse);
    connect(edit_, &QLineEdit::textChanged, this, &FilePicker::pathChanged);
}

QString FilePicker::path() const { return edit_->text(); }

void FilePicker::setPath(const QString& path) { edit_->setText(QDir::toNativeSeparators(path)); }

void FilePicker::setAccessibleLabel(const QString& label) { edit_->setAccessibleName(label); }

void FilePicker::browse() {
    const auto start = path().isEmpty() ? documentsFolder() : path();
    QString chosen;
    switch (kind_) {
    case Kind::newFile:
        chosen = QFileDialog::getSaveFileName(this, title_, start, filter_);
        break;
    case Kind::existingFile:
        chosen = QFileDialog::getOpenFileName(this, title_, start, filter_);
        break;
    case Kind::folder:
        chosen = QFileDialog::getExistingDirectory(this, title_, start);
        break;
    }
    if (!chosen.isEmpty())
        setPath(chosen);
}

} // namespace ssprotect::tray
