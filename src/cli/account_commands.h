#pragma once

#include "context.h"

#include <optional>
#include <string>

namespace ssprotect::cli {

Outcome createAccount(Context& context, const std::string& email);
Outcome showAccount(Context& context);
/// What is not given stays as it is.
Outcome setAccount(Context& context, std::optional<bool> unsignedApps, std::optional<bool> keepUnchanged);
Outcome changePassword(Context& context);

/// With a profile, an e-mail address, or neither: the current profile.
Outcome login(Context& context, const std::string& profile, const std::string& email);
Outcome refresh(Context& context);
Outcome logout(Context& context);

Outcome listProfiles(Context& context);
Outcome addProfile(Context& context, const std::string& name, const std::string& email, const std::string& server);
Outcome renameProfile(Context& context, const std::string& name, const std::string& to);
Outcome deleteProfile(Context& context, const std::string& name);

} // namespace ssprotect::cli
