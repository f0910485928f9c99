#pragma once

#include "context.h"
#include "server_options.h"

#include <optional>
#include <string>

namespace ssprotect::cli {

struct NewAccountOptions {
    std::string email;
    ServerOptions server;
    std::string code;   ///< mailed; empty: none
    std::string signUp; ///< the Organization to ask; empty: none
};
Outcome createAccount(Context& context, const NewAccountOptions& options);
/// ACC-2: an account in an Organization beside the one there is; without an e-mail that of the current profile.
Outcome joinOrganization(Context& context, NewAccountOptions options);
Outcome showAccount(Context& context);
/// What is not given stays as it is.
Outcome setAccount(Context& context, std::optional<bool> unsignedApps, std::optional<bool> keepUnchanged);
Outcome changePassword(Context& context);

/// A profile, an e-mail address with or without its server, or neither: the current profile.
struct LoginOptions {
    std::string profile;
    std::string email;
    ServerOptions server;
};
/// Asks for a new password too when the Organization's policy wants one (ACC-5).
Outcome login(Context& context, const LoginOptions& options);
/// TFA-2, with what a Privileged User has permitted.
Outcome syncSecondFactor(Context& context, const LoginOptions& options);
Outcome refresh(Context& context);
Outcome logout(Context& context);

Outcome listProfiles(Context& context);
Outcome addProfile(Context& context, const std::string& name, const std::string& email, const ServerOptions& server);
Outcome renameProfile(Context& context, const std::string& name, const std::string& to);
Outcome deleteProfile(Context& context, const std::string& name);
/// *Remote Profile Deployment* (ACC-6).
Outcome deployProfile(Context& context, const std::string& name);
Outcome withdrawProfile(Context& context, const std::string& name);
Outcome fetchProfiles(Context& context);

} // namespace ssprotect::cli
