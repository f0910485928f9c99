#include "icons.h"

#include <QPainter>
#include <QPixmap>

namespace ssprotect::tray {

QIcon shieldIcon(Shield shield) {
    const char* name = shield == Shield::loggedIn ? "logged-in" : shield == Shield::busy ? "busy" : "logged-out";
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128})
        icon.addFile(QString(":/icons/%1-%2.png").arg(name).arg(size), {size, size});
    return icon;
}

QIcon ownershipMark(const QString& ownership) {
    QColor colour;
    if (ownership == "own")
        colour = QColor(0xd3, 0x2f, 0x2f);
    else if (ownership == "shared")
        colour = QColor(0xf2, 0xb2, 0x00);
    else
        return {};
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(6, 6, 20, 20);
    QIcon mark(pixmap);
    mark.addPixmap(pixmap, QIcon::Selected); // else the style tints it, and the colour is what it says
    return mark;
}

} // namespace ssprotect::tray
