#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/session/host_database.h"

#include <optional>
#include <string>
#include <vector>

namespace ssprotect::session {

/// A named login of this host (ACC-6).
struct Profile {
    std::string name;
    std::string email;
    std::optional<AccountId> account;           ///< none until its first login here
    std::optional<OrganizationId> organization; ///< likewise
    std::string server;                         ///< empty: the embedded KODiAC
    bool current = false;                       ///< what `login` without a name takes
};

/// The profiles of this host. Names and e-mails match case-insensitively (ASCII). Any thread.
class Profiles {
public:
    explicit Profiles(HostDatabase& database) : database_(database) {}

    Result<std::vector<Profile>> list(); ///< by name
    /// `not-found`, with the names there are.
    Result<Profile> byName(std::string_view name);
    Result<std::optional<Profile>> byEmail(std::string_view email);
    /// `not-found` when there is none or none is current.
    Result<Profile> current();

    /// `already-exists` for a taken name or e-mail; `invalid-input` for a name or e-mail that cannot be one.
    Status add(const Profile& profile);
    Status rename(std::string_view name, std::string_view to);
    /// Takes away what the host remembers for the profile (Hostlist, released and last-seen records). KODiAC
    /// and the device secret stay, so the account can log in here again.
    Status remove(std::string_view name);

    /// After a login: the profile of that e-mail (made, named like it, when missing) learns its ids and becomes
    /// current.
    Result<Profile> loggedIn(std::string_view email, const AccountId& account, const OrganizationId& organization);

private:
    HostDatabase& database_;
};

} // namespace ssprotect::session
