#pragma once

#include "ssprotect/base/wiped_bytes.h"

#include <QLineEdit>

namespace ssprotect::tray {

/// A password entry. What is typed leaves it only as bytes that wipe themselves.
class SecretField final : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretField(QWidget* parent = nullptr);
    /// The text as UTF-8; the field is empty afterwards.
    WipedBytes take();
    /// A copy, for a field that must survive a refusal.
    WipedBytes bytes() const;
    void setShown(bool shown);
};

/// True when both hold the same, which must not be empty.
bool sameSecrets(const SecretField& a, const SecretField& b);

} // namespace ssprotect::tray
