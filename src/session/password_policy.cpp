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

} // namespace

Status checkNewPassword(ByteView password, std::string_view email, std::string_view what) {
    const std::string the = "the " + std::string(what);
    if (std::find(password.begin(), password.end(), Byte{0}) != password.end())
        return weak(the + " cannot hold a NUL character");
    if (password.size() > kMostPasswordLength)
        return weak(the + " is longer than " + std::to_string(kMostPasswordLength) + " bytes");
    const auto length = std::count_if(password.begin(), password.end(), startsCharacter);
    if (static_cast<std::size_t>(length) < kLeastPasswordLength)
        return weak(the + " must have at least " + std::to_string(kLeastPasswordLength) + " characters");
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
