#include "ssprotect/kodiac/email.h"

#include "ssprotect/kodiac/wire.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestLabel = 63;
// RFC 5322 atext besides letters and digits.
constexpr std::string_view kAtomCharacters = "!#$%&'*+-/=?^_`{|}~";

bool isLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool isAtom(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isLetterOrDigit(c) || kAtomCharacters.find(c) != std::string_view::npos;
    });
}

bool isLabel(std::string_view text) {
    return !text.empty() && text.size() <= kLongestLabel && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) { return isLetterOrDigit(c) || c == '-'; });
}

template <class Check> bool everyPart(std::string_view text, Check check) {
    for (;;) {
        const auto dot = text.find('.');
        if (!check(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

} // namespace

std::string emailKey(std::string_view email) {
    std::string key(email);
    std::transform(key.begin(), key.end(), key.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return key;
}

Status checkEmail(std::string_view email) {
    const auto at = email.find('@');
    const bool good = email.size() <= kLongestEmail && at != std::string_view::npos && at <= kLongestLocalPart &&
                      everyPart(email.substr(0, at), isAtom) && everyPart(email.substr(at + 1), isLabel);
    if (good)
        return {};
    return makeError(ErrorCode::invalidInput, "this is not an e-mail address; use the form name@example.org");
}

} // namespace ssprotect::kodiac
