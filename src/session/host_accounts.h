#pragma once

#include "hotp_counter.h"
#include "key_chain.h"
#include "ssprotect/session/host_database.h"

namespace ssprotect::session {

/// What this host holds for true about an account.
struct HostAccount {
    AccountId account;
    TrustAnchor anchor; ///< pinned at the first creation, import or restore
    std::string email;
    std::uint64_t vaultGeneration = 0; ///< the newest seen: an older vault is refused
};

/// The accounts and HOTP counters in the host database. Any thread.
class HostAccounts {
public:
    explicit HostAccounts(HostDatabase& database) : database_(&database) {}

    Result<std::optional<HostAccount>> byId(const AccountId& account);
    /// The account that last logged in with it here, else the last one made here.
    Result<std::optional<HostAccount>> byEmail(std::string_view email);
    Status keep(const HostAccount& account);
    Status forget(const AccountId& account);
    /// After a restore of KODiAC: whatever generation it has now is the newest.
    Status forgetGenerations();

    Result<HotpCounter::Kept> counter(const HostId& host);
    Status keepCounter(const HostId& host, const AccountId& account, const HotpCounter::Kept& kept);

private:
    HostDatabase* database_;
};

} // namespace ssprotect::session
