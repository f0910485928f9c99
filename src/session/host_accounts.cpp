#include "host_accounts.h"

#include "ssprotect/kodiac/email.h"
#include "ssprotect/store/database.h"

namespace ssprotect::session {
namespace {

HostAccount accountOf(const store::Row& row) {
    return {row.get<AccountId>(0),
            {row.get<OrganizationId>(1), row.get<crypto::PublicKey>(2)},
            row.get<std::string>(3),
            row.get<std::uint64_t>(4)};
}

std::optional<HostAccount> accountOf(const std::optional<store::Row>& row) {
    return row ? std::optional(accountOf(*row)) : std::nullopt;
}

} // namespace

Result<std::optional<HostAccount>> HostAccounts::byId(const AccountId& account) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<std::optional<HostAccount>> {
        return accountOf(transaction.one(
            "SELECT account, organization, root, email_key, vault_generation FROM accounts WHERE account = $1",
            {account}));
    });
}

Result<std::optional<HostAccount>> HostAccounts::byEmail(std::string_view email) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<std::optional<HostAccount>> {
        return accountOf(
            transaction.one("SELECT a.account, a.organization, a.root, a.email_key, a.vault_generation FROM accounts a "
                            "LEFT JOIN profiles p ON p.account = a.account WHERE a.email_key = $1 "
                            "ORDER BY CASE WHEN p.account IS NULL THEN 1 ELSE 0 END, a.number DESC",
                            {kodiac::emailKey(email)}));
    });
}

Status HostAccounts::keep(const HostAccount& account) {
    return database_->store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO accounts (account, organization, root, email_key, vault_generation) "
                            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO UPDATE SET "
                            "organization = excluded.organization, root = excluded.root, "
                            "email_key = excluded.email_key, vault_generation = excluded.vault_generation",
                            {account.account, account.anchor.organization, account.anchor.root,
                             kodiac::emailKey(account.email), account.vaultGeneration});
        return {};
    });
}

Status HostAccounts::forget(const AccountId& account) {
    return database_->store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("DELETE FROM accounts WHERE account = $1", {account});
        return {};
    });
}

Status HostAccounts::forgetGenerations() {
    return database_->store().write([](store::Transaction& transaction) -> Status {
        transaction.execute("UPDATE accounts SET vault_generation = 0");
        return {};
    });
}

Result<HotpCounter::Kept> HostAccounts::counter(const HostId& host) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<HotpCounter::Kept> {
        const auto row = transaction.one("SELECT bound, confirmed FROM counters WHERE host = $1", {host});
        if (!row)
            return HotpCounter::Kept{};
        return HotpCounter::Kept{row->get<std::uint64_t>(0), row->get<std::uint64_t>(1)};
    });
}

Status HostAccounts::keepCounter(const HostId& host, const AccountId& account, const HotpCounter::Kept& kept) {
    return database_->store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO counters (host, account, bound, confirmed) VALUES ($1, $2, $3, $4) "
                            "ON CONFLICT (host) DO UPDATE SET bound = excluded.bound, confirmed = excluded.confirmed",
                            {host, account, kept.bound, kept.confirmed});
        return {};
    });
}

} // namespace ssprotect::session
