#include "about_dialog.h"

#include "icons.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ssprotect::tray {

AboutDialog::AboutDialog(const QString& version, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* shield = new QLabel(this);
    shield->setPixmap(shieldIcon(Shield::loggedIn).pixmap(64, 64));
    auto* text =
        new QLabel(tr("<h2>SSProtect %1</h2>"
                      "<p>Keeps confidential files encrypted where they lie.</p>"
                      "<p>Free software under the GNU General Public License, version 3 or later. It comes with "
                      "no warranty.</p><p>Built with Qt %2.</p>")
                       .arg(version.toHtmlEscaped(), QLatin1String(qVersion())),
                   this);
    text->setWordWrap(true);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    auto* row = new QHBoxLayout;
    row->addWidget(shield, 0, Qt::AlignTop);
    row->addSpacing(12);
    row->addWidget(text, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
}

} // namespace ssprotect::tray
