#include "error_label.h"

#include <QAccessible>

namespace ssprotect::tray {

ErrorLabel::ErrorLabel(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Error"));
    auto bold = font();
    bold.setBold(true);
    setFont(bold);
    setVisible(false);
}

void ErrorLabel::show(const QString& message) {
    setText(message);
    // Readable on a light and on a dark window; the wording says the same without the colour.
    auto colours = palette();
    const bool dark = colours.color(QPalette::Window).lightness() < 128;
    colours.setColor(QPalette::WindowText, dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb0, 0x1c, 0x1c));
    setPalette(colours);
    setVisible(!message.isEmpty());
    if (message.isEmpty())
        return;
    QAccessibleEvent announcement(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

void ErrorLabel::show(const Error& error) { show(sentenceOf(error)); }

void ErrorLabel::clearMessage() { show(QString()); }

QString sentenceOf(const Error& error) {
    auto text = QString::fromStdString(error.message);
    if (text.isEmpty())
        text = QString::fromUtf8(error.word().data(), static_cast<qsizetype>(error.word().size()));
    text[0] = text[0].toUpper();
    if (!text.endsWith('.') && !text.endsWith('?') && !text.endsWith('!'))
        text += '.';
    return text;
}

} // namespace ssprotect::tray
