#include "secret_field.h"

namespace ssprotect::tray {

SecretField::SecretField(QWidget* parent) : QLineEdit(parent) {
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    setMinimumWidth(fontMetrics().averageCharWidth() * 32);
}

WipedBytes SecretField::bytes() const {
    auto utf8 = text().toUtf8();
    WipedBytes bytes(utf8.begin(), utf8.end());
    wipeMemory(utf8.data(), static_cast<std::size_t>(utf8.size()));
    return bytes;
}

WipedBytes SecretField::take() {
    auto taken = bytes();
    clear();
    return taken;
}

void SecretField::setShown(bool shown) { setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); }

bool sameSecrets(const SecretField& a, const SecretField& b) { return !a.text().isEmpty() && a.text() == b.text(); }

} // namespace ssprotect::tray
