#include "ssprotect/conversion/conflict_name.h"

#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>

namespace ssprotect::conversion {
namespace {

constexpr std::size_t kMostNameBytes = 255;
/// Conflicts of one file on one day that get a name before we give up.
constexpr unsigned kMostNumbers = 1000;

std::string harmless(std::string_view account) {
    std::string name(account);
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return static_cast<Byte>(c) < 0x20 || std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos;
        },
        '_');
    // An e-mail may have 254 bytes; the date and some of the stem should still find room.
    return name.substr(0, 100);
}

/// At most `size` bytes of `text`, no UTF-8 sequence cut in two.
std::string shortened(const std::string& text, std::size_t size) {
    if (text.size() <= size)
        return text;
    while (size > 0 && (static_cast<Byte>(text[size]) & 0xC0) == 0x80)
        --size;
    return text.substr(0, size);
}

} // namespace

platform::Path conflictName(const platform::Path& target, std::string_view account, TimePoint at, unsigned number) {
    const std::string date = toIso8601(at).substr(0, 10);
    std::string mark = " (conflict, " + harmless(account) + ", " + date;
    if (number > 1)
        mark += " " + std::to_string(number);
    mark += ")";
    std::string extension = platform::narrowPath(target.extension());
    const std::size_t fixed = mark.size() + extension.size();
    if (fixed >= kMostNameBytes) // an "extension" that fills the name is none
        extension.clear();
    const std::string stem = platform::narrowPath(extension.empty() ? target.filename() : target.stem());
    const std::string name = shortened(stem, kMostNameBytes - mark.size() - extension.size()) + mark + extension;
    return target.parent_path() / platform::pathOfNarrow(name);
}

Result<platform::Path> moveToConflictName(platform::FileSystem& files, const platform::Path& from,
                                          const platform::Path& target, std::string_view account, TimePoint at) {
    for (unsigned number = 1; number <= kMostNumbers; ++number) {
        const platform::Path name = conflictName(target, account, at, number);
        auto moved = files.renameNew(from, name);
        if (moved)
            return name;
        if (moved.error().code != ErrorCode::alreadyExists) {
            // A rename may be done and yet be reported as failed; then `from` is gone.
            if (files.info(name).ok() && !files.info(from).ok())
                return name;
            return std::move(moved).error();
        }
    }
    return makeError(ErrorCode::alreadyExists, "'" + platform::shownPath(target) + "' has " +
                                                   std::to_string(kMostNumbers) +
                                                   " conflict copies of today; sort them out first");
}

} // namespace ssprotect::conversion
