#include "texts.h"

namespace ssprotect::shellext {

std::wstring textOf(HINSTANCE module, unsigned id) {
    const wchar_t* text = nullptr;
    // With no room given it points into the resource, which is not ended by a zero.
    const int length = ::LoadStringW(module, id, reinterpret_cast<LPWSTR>(&text), 0);
    return length > 0 ? std::wstring(text, static_cast<std::size_t>(length)) : std::wstring();
}

std::wstring wideText(std::string_view text) {
    const auto size = static_cast<int>(text.size());
    std::wstring wide(static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)),
                      L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, wide.data(), static_cast<int>(wide.size()));
    return wide;
}

} // namespace ssprotect::shellext
