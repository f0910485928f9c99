#pragma once

#include <string>
#include <string_view>

/// Why a mail was not delivered: a stable word, perhaps with the mail server's reply code (`recipient-refused 550`).
/// It never holds what a mail server said in its own words.
namespace ssprotect::kodiac {

namespace mailreason {
constexpr std::string_view kUnreachable = "server-unreachable";
constexpr std::string_view kTimedOut = "timed-out";
constexpr std::string_view kBrokenOff = "broken-off";
constexpr std::string_view kNotServing = "server-refuses";
constexpr std::string_view kTls = "tls-refused";
constexpr std::string_view kLogin = "login-refused";
constexpr std::string_view kSender = "sender-refused";
constexpr std::string_view kRecipient = "recipient-refused";
constexpr std::string_view kTryLater = "try-later";
constexpr std::string_view kMail = "mail-refused";
constexpr std::string_view kFolder = "folder";
constexpr std::string_view kExpired = "code-expired";
constexpr std::string_view kInvalid = "invalid-mail";
constexpr std::string_view kIntegrity = "integrity";
constexpr std::string_view kTemplate = "template";
constexpr std::string_view kOther = "other";
} // namespace mailreason

/// A sentence for administrators that says what happened and what to do.
std::string mailReasonSentence(std::string_view reason);

} // namespace ssprotect::kodiac
