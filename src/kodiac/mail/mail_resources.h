#pragma once

#include <span>
#include <string_view>

namespace ssprotect::kodiac::mail {

/// One file below resources/mail as it was when the program was built.
struct MailResource {
    std::string_view path; ///< `en/validated.txt`
    std::string_view content;
};

std::span<const MailResource> mailResources();

} // namespace ssprotect::kodiac::mail
