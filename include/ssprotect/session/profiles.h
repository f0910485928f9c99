#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/session/host_database.h"
#include "ssprotect/session/server_set.h"

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
    ServerSet servers;                          ///< embedded by default
    bool current = false;                       ///< what `login` without a name takes
};

/// The profiles of this host. Names and e-mails match case-insensitively (ASCII). Any thread.
class Profiles {
public:
    explicit Profiles(HostDatabase& database) : database_(database) {}

    Result<std::vector<Profile>> list(); ///< by name
    /// `not-found`, with the names there are.
    Result<Profile> byName(std::string_view name);
    /// The current one, else the first by name.
    Result<std::optional<Profile>> byEmail(std::string_view email);
    Result<std::optional<Profile>> byEmail(std::string_view email, const ServerSet& servers);
    /// `not-found` when there is none or none is current.
    Result<Profile> current();

    /// `already-exists` for a taken name, or an e-mail that has a profile with the same KODiAC; `invalid-input` for a
    /// name, e-mail or server that cannot be one.
    Status add(const Profile& profile);
    Status rename(std::string_view name, std::string_view to);
    /// Takes away what the host remembers for the profile (Hostlist, released and last-seen records). KODiAC
    /// and the device secret stay, so the account can log in here again.
    Status remove(std::string_view name);

    /// After a login: the profile of that e-mail and KODiAC (made, named like the e-mail, when missing) learns its ids
    /// and servers and becomes current.
    Result<Profile> loggedIn(std::string_view email, const ServerSet& servers, const AccountId& account,
                             const OrganizationId& organization);
    /// Before the first login (ACC-3): makes such a profile when missing and makes it current.
    Result<Profile> registered(std::string_view email, const ServerSet& servers);
    /// One that comes from elsewhere: its name here, which may have a number behind it; none: there is one already for
    /// that e-mail and KODiAC. `invalid-input` as `add`.
    Result<std::optional<std::string>> addMissing(Profile profile);
    /// A CA that is to be trusted as well, from now on.
    Status addPin(std::string_view name, const std::string& pin);

private:
    HostDatabase& database_;
};

} // namespace ssprotect::session
