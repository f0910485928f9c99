#include "prompt_heading.h"

#include "icons.h"

#include <QIcon>
#include <QLabel>

namespace ssprotect::tray {

QHBoxLayout* promptHeading(const QString& question, QWidget* parent) {
    auto* text = new QLabel(parent);
    text->setTextFormat(Qt::PlainText);
    text->setText(question);
    auto large = text->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    text->setFont(large);
    auto* shield = new QLabel(parent);
    shield->setPixmap(shieldIcon(Shield::loggedIn).pixmap(32, 32));
    auto* heading = new QHBoxLayout;
    heading->addWidget(shield);
    heading->addWidget(text, 1);
    return heading;
}

} // namespace ssprotect::tray
