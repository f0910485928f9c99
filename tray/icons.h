#pragma once

#include <QColor>
#include <QIcon>

namespace ssprotect::tray {

enum class Shield { loggedOut, loggedIn, busy };

/// The drawings of resources/icons in all their sizes.
QIcon shieldIcon(Shield shield);
/// The mark of a protected file's row: a disc in the overlay's colour (PROT-9). Text beside it says the same.
QIcon ownershipMark(const QString& ownership);

} // namespace ssprotect::tray
