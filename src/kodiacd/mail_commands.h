#pragma once

#include "kodiac_access.h"

namespace ssprotect::kodiacd {

/// `mail list`: the newest mails, a line each, columns separated by tabs; `state` narrows it down.
Status listMails(const Environment& environment, const CommonOptions& options, const std::string& state);
/// `mail resend`: the mail with that id goes out now; its attempts begin anew.
Status resendMail(const Environment& environment, const CommonOptions& options, const std::string& id);

} // namespace ssprotect::kodiacd
