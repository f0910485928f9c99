#pragma once

#include <QWidget>

class QLineEdit;

namespace ssprotect::tray {

/// A path to type or to browse for.
class FilePicker final : public QWidget {
    Q_OBJECT

public:
    enum class Kind { newFile, existingFile, folder };

    FilePicker(Kind kind, const QString& title, const QString& filter, QWidget* parent = nullptr);

    QString path() const;
    void setPath(const QString& path);
    void setAccessibleLabel(const QString& label);

signals:
    void pathChanged(const QString& path);

private:
    void browse();

    Kind kind_;
    QString title_;
    QString filter_;
    QLineEdit* edit_;
};

} // namespace ssprotect::tray
