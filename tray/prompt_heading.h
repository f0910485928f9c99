#pragma once

#include <QHBoxLayout>
#include <QString>

namespace ssprotect::tray {

/// What a prompt asks, large beside the shield; as plain text.
QHBoxLayout* promptHeading(const QString& question, QWidget* parent);

} // namespace ssprotect::tray
