#pragma once

#include "hotp_counter.h"
#include "ssprotect/session/host_database.h"
#include "ssprotect/session/server_set.h"
#include "trust_anchor.h"

namespace ssprotect::session {

/// What this host holds for true about an account.
struct HostAccount {
    AccountId account;
    TrustAnchor anchor; ///< pinned at the first creation, registration, import or restore
    std::string email;
    std::uint64_t vaultGeneration = 0; ///< the newest seen: an older vault is refused
    ServerSet servers = {};            ///< the addresses of its KODiAC: no other one may speak for it
};

/// The accounts and HOTP counters in the host database. Any thread.
class HostAccounts {
public:
    explicit HostAccounts(HostDatabase& database) : database_(&database) {}

    Result<std::optional<HostAccount>> byId(const AccountId& account);
    /// The account that last logged in with it here, else the last one made here.
    Result<std::optional<HostAccount>> byEmail(std::string_view email, const ServerSet& servers);
    Status keep(const HostAccount& account);
    Status forget(const AccountId& account);

    /// What is shown while the account waits for its Validation; empty: nothing.
    Result<std::string> comparisonCode(const AccountId& account);
    Status setComparisonCode(const AccountId& account, std::string_view code);

    /// After a restore of the embedded KODiAC: whatever generation it has now is the newest.
    Status forgetGenerations();

    Result<HotpCounter::Kept> counter(const HostId& host);
    Status keepCounter(const HostId& host, const AccountId& account, const HotpCounter::Kept& kept);

private:
    HostDatabase* database_;
};

} // namespace ssprotect::session
