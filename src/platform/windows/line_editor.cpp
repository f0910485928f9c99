#include "line_editor.h"

#include <algorithm>
#include <windows.h>

namespace ssprotect::platform {
namespace {

constexpr wchar_t kInterrupt = 0x03;
constexpr wchar_t kEndOnPosix = 0x04;
constexpr wchar_t kBackspace = 0x08;
constexpr wchar_t kEnter = 0x0D;
constexpr wchar_t kLineFeed = 0x0A;
constexpr wchar_t kEraseLine = 0x15;
constexpr wchar_t kEnd = 0x1A;
constexpr wchar_t kEscape = 0x1B;
constexpr wchar_t kDelete = 0x7F;

bool isLowSurrogate(wchar_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

} // namespace

LineEditor::State LineEditor::type(wchar_t key) {
    if (key == kEnter || key == kLineFeed)
        return State::entered;
    if (key == kInterrupt || ((key == kEnd || key == kEndOnPosix) && line_.empty()))
        return State::cancelled;
    if (key == kEnd || key == kEndOnPosix)
        return State::entered;
    if (key == kEraseLine || key == kEscape) {
        line_.clear();
    } else if (key == kBackspace || key == kDelete) {
        const bool pair = line_.size() > 1 && isLowSurrogate(line_.back());
        line_.resize(line_.size() - std::min<std::size_t>(line_.size(), pair ? 2 : 1));
    } else {
        line_.push_back(key);
    }
    return State::typing;
}

WipedBytes LineEditor::text() const {
    const int length = static_cast<int>(line_.size());
    if (length == 0)
        return {};
    const int size = ::WideCharToMultiByte(CP_UTF8, 0, line_.data(), length, nullptr, 0, nullptr, nullptr);
    WipedBytes text(static_cast<std::size_t>(size));
    ::WideCharToMultiByte(CP_UTF8, 0, line_.data(), length, reinterpret_cast<char*>(text.data()), size, nullptr,
                          nullptr);
    return text;
}

} // namespace ssprotect::platform
