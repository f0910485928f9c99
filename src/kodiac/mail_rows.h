#pragma once

#include <string_view>

/// What the queueing and the sending side both write into the table `mails`.
namespace ssprotect::kodiac::mailrow {

constexpr std::string_view kWaiting = "waiting";
constexpr std::string_view kSent = "sent";
constexpr std::string_view kFailed = "failed";
/// What AtRest binds the code to, with the mail's id.
constexpr std::string_view kSealedKind = "mail";

} // namespace ssprotect::kodiac::mailrow
