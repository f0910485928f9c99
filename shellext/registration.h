#pragma once

#include <windows.h>

namespace ssprotect::shellext {

/// Enters the DLL for all users of the machine; needs an administrator. A failure leaves what stood before or takes
/// its own entries away again.
HRESULT registerIn(HINSTANCE module);
/// Leaves nothing behind; what is gone already is no failure.
HRESULT unregister();

} // namespace ssprotect::shellext
