#include "ssprotect/session/password_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>

namespace ssprotect::session {
namespace {

/// What lists of leaked passwords begin with, of those that the other rules let through.
constexpr std::array<std::string_view, 24> kMostCommon{
    "password",   "password1", "password12", "password123", "passw0rd",  "p@ssw0rd", "12345678", "123456789",
    "1234567890", "87654321",  "qwertyui",   "qwertyuiop",  "qwerty123", "1q2w3e4r", "1qaz2wsx", "q1w2e3r4",
    "abcd1234",   "abc12345",  "iloveyou",   "sunshine",    "princess",  "football", "baseball", "trustno1"};

Error weak(std::string rule) { return makeError(ErrorCode::weakPassword, std::move(rule)); }

bool startsCharacter(Byte byte) { return (byte & 0xC0) != 0x80; }

bool sameIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

std::size_t classesOf(std::string_view text) {
    const auto any = [&](auto belongs) { return std::any_of(text.begin(), text.end(), belongs) ? 1u : 0u; };
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return any(lower) + any(upper) + any(digit) + any([&](char c) { return !lower(c) && !upper(c) && !digit(c); });
}

} // namespace

std::size_t passwordHistoryFor(const kodiac::PasswordRules& rules) {
    return std::clamp<std::size_t>(rules.history, kPasswordHistory, kMostPasswordHistory);
}

Status checkNewPassword(ByteView password, std::string_view email, std::string_view what,
                        const kodiac::PasswordRules& rules) {
    const std::string the = "the " + std::string(what);
    if (std::find(password.begin(), password.end(), Byte{0}) != password.end())
        return weak(the + " cannot hold a NUL character");
    if (password.size() > kMostPasswordLength)
        return weak(the + " is longer than " + std::to_string(kMostPasswordLength) + " bytes");
    const auto length = std::count_if(password.begin(), password.end(), startsCharacter);
    const std::size_t least = std::max<std::size_t>(kLeastPasswordLength, rules.leastLength);
    if (static_cast<std::size_t>(length) < least)
        return weak(the + " must have at least " + std::to_string(least) + " characters");
    if (classesOf(textOf(password)) < rules.leastClasses)
        return weak(the + " must mix at least " + std::to_string(rules.leastClasses) +
                    " of: lower case, upper case, digits, other characters");
    if (std::set<Byte>(password.begin(), password.end()).size() < kLeastDistinctCharacters)
        return weak(the + " must have at least " + std::to_string(kLeastDistinctCharacters) + " different characters");
    const std::string_view text = textOf(password);
    if (sameIgnoringCase(text, email) || sameIgnoringCase(text, email.substr(0, email.find('@'))))
        return weak(the + " must not be the e-mail address");
    if (std::any_of(kMostCommon.begin(), kMostCommon.end(),
                    [&](std::string_view common) { return sameIgnoringCase(text, common); }))
        return weak(the + " is one of the most common ones; take another");
    return {};
}

} // namespace ssprotect::session
