#pragma once

#include "context.h"

#include <map>
#include <optional>
#include <string>

namespace ssprotect::cli {

/// The attributes of USR-2…5 that were named, by their JSON keys.
struct AttributeOptions {
    std::map<std::string, bool> switches; ///< "int_override", …
    std::optional<std::uint64_t> quotaMegabytes;
};

Outcome listUsers(Context& context);
Outcome newUser(Context& context, const std::string& email, const AttributeOptions& attributes);
Outcome editUser(Context& context, const std::string& email, const AttributeOptions& attributes);
/// ACC-3. With the code that the other person reads out, else a person at the terminal compares; with neither the
/// account is validated *unverified*, and the audit trail says so.
Outcome validateUser(Context& context, const std::string& email, const std::string& code);
/// One of the acts that need nothing but the account: dismiss, remove, resend, sync-2factor, reset-password,
/// reset-enh2fa, transfer-admin. `done` is what is said of it afterwards.
Outcome actOnUser(Context& context, const std::string& act, const std::string& email, const std::string& done);

/// USR-8: what the file would change, and unless `dryRun` all of it at once.
Outcome importUsers(Context& context, const std::string& file, bool dryRun);
Outcome exportUsers(Context& context, const std::string& file);

} // namespace ssprotect::cli
