#include "stored_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ssprotect::store {
namespace {

/// The characters whose first byte lies in one range: how long they are, and where their second byte lies.
struct Lead {
    std::uint8_t first;
    std::uint8_t last;
    std::size_t length;
    std::uint8_t leastSecond;
    std::uint8_t mostSecond;
};

// RFC 3629, section 4. What is missing never begins a character: overlong forms, surrogates, numbers beyond Unicode.
constexpr std::array kLeads{
    Lead{0x01, 0x7f, 1, 0, 0},       Lead{0xc2, 0xdf, 2, 0x80, 0xbf}, Lead{0xe0, 0xe0, 3, 0xa0, 0xbf},
    Lead{0xe1, 0xec, 3, 0x80, 0xbf}, Lead{0xed, 0xed, 3, 0x80, 0x9f}, Lead{0xee, 0xef, 3, 0x80, 0xbf},
    Lead{0xf0, 0xf0, 4, 0x90, 0xbf}, Lead{0xf1, 0xf3, 4, 0x80, 0xbf}, Lead{0xf4, 0xf4, 4, 0x80, 0x8f},
};

bool within(char c, std::uint8_t least, std::uint8_t most) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= least && byte <= most;
}

/// 0: none begins here.
std::size_t lengthOfCharacter(std::string_view text) {
    const auto* lead = std::find_if(kLeads.begin(), kLeads.end(),
                                    [&](const Lead& each) { return within(text.front(), each.first, each.last); });
    if (lead == kLeads.end() || text.size() < lead->length)
        return 0;
    for (std::size_t i = 1; i < lead->length; ++i)
        if (!within(text[i], i == 1 ? lead->leastSecond : 0x80, i == 1 ? lead->mostSecond : 0xbf))
            return 0;
    return lead->length;
}

} // namespace

bool isStorableText(std::string_view text) {
    while (!text.empty()) {
        const auto length = lengthOfCharacter(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

} // namespace ssprotect::store
