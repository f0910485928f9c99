#pragma once

/// The classes of ssprotect-shell.dll. Never reused for something else: they stand in people's registries.
namespace ssprotect::shellext {

inline constexpr const wchar_t* kMenuClass = L"{A8267E40-F9B4-4959-AB39-C95A9E3C23E6}";
inline constexpr const wchar_t* kRedClass = L"{49ED5C3D-D03F-4726-A9FC-DD51615FAA4E}";
inline constexpr const wchar_t* kYellowClass = L"{112A299C-F43D-4EAF-AEAA-39C8D3F8F462}";
inline constexpr const wchar_t* kPageClass = L"{3766985D-4E8C-4BC4-93A7-A4ECF641B803}";
inline constexpr const wchar_t* kCommandClass = L"{C9732262-1227-429A-A4C0-0110D4DF050B}";

} // namespace ssprotect::shellext
