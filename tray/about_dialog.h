#pragma once

#include <QDialog>

namespace ssprotect::tray {

class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(const QString& version, QWidget* parent = nullptr);
};

} // namespace ssprotect::tray
