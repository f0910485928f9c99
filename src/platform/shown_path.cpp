#include "ssprotect/platform/shown_path.h"

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/platform/narrow_path.h"

namespace ssprotect::platform {
namespace {

/// The length of the well-formed UTF-8 sequence at the start of `text` (Unicode table 3-7); 0 = none.
std::size_t sequenceLength(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<Byte>(text[i]) : Byte{0}; };
    const auto within = [&](std::size_t i, Byte low, Byte high) { return at(i) >= low && at(i) <= high; };
    const Byte lead = at(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return within(1, 0x80, 0xBF) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const Byte low = lead == 0xE0 ? 0xA0 : 0x80;
        const Byte high = lead == 0xED ? 0x9F : 0xBF;
        return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const Byte low = lead == 0xF0 ? 0x90 : 0x80;
        const Byte high = lead == 0xF4 ? 0x8F : 0xBF;
        return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

bool isControl(std::string_view sequence) {
    const Byte first = static_cast<Byte>(sequence[0]);
    if (sequence.size() == 1)
        return first < 0x20 || first == 0x7F;
    // U+202A to U+202E and U+2066 to U+2069 turn the direction: a name could pretend another ending.
    if (sequence.size() == 3)
        return (sequence >= "\u202A" && sequence <= "\u202E") || (sequence >= "\u2066" && sequence <= "\u2069");
    // U+0080 to U+009F: some terminals take them as escape sequences.
    return sequence.size() == 2 && first == 0xC2 && static_cast<Byte>(sequence[1]) < 0xA0;
}

} // namespace

std::string shownPath(const std::filesystem::path& path) { return shownText(narrowPath(path)); }

std::string shownText(std::string_view text) {
    std::string_view rest = text;
    std::string shown;
    shown.reserve(rest.size());
    while (!rest.empty()) {
        const std::size_t length = sequenceLength(rest);
        const std::string_view sequence = rest.substr(0, length == 0 ? 1 : length);
        if (length == 0 || isControl(sequence)) {
            for (const char c : sequence)
                shown += "\\x" + toHex(viewOf(std::string_view(&c, 1)));
        } else {
            shown += sequence;
        }
        rest.remove_prefix(sequence.size());
    }
    return shown;
}

} // namespace ssprotect::platform
