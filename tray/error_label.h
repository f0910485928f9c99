#pragma once

#include "ssprotect/base/error.h"

#include <QLabel>

namespace ssprotect::tray {

/// What went wrong, beside the fields it is about; a screen reader announces it. Hidden while empty.
class ErrorLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ErrorLabel(QWidget* parent = nullptr);
    void show(const QString& message);
    void show(const Error& error);
    void clearMessage();
};

/// The error's message as a sentence.
QString sentenceOf(const Error& error);

} // namespace ssprotect::tray
