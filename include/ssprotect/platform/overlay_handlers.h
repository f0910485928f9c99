#pragma once

#include <optional>

namespace ssprotect::platform {

/// Named objects of the logon session that exist once the file manager has loaded the handler of that icon.
inline constexpr const wchar_t* kRedOverlayLoaded = L"Local\\SSProtect.Overlay.Red";
inline constexpr const wchar_t* kYellowOverlayLoaded = L"Local\\SSProtect.Overlay.Yellow";

/// Whether the file manager that runs now shows our overlay icons: Explorer takes about fifteen handlers of all vendors
/// together. Nothing where there is none that could.
std::optional<bool> overlayHandlersLoaded();

} // namespace ssprotect::platform
