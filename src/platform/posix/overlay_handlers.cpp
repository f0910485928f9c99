#include "ssprotect/platform/overlay_handlers.h"

namespace ssprotect::platform {

std::optional<bool> overlayHandlersLoaded() { return std::nullopt; }

} // namespace ssprotect::platform
