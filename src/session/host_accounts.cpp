#include "host_accounts.h"

#include "server_text.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/store/database.h"

namespace ssprotect::session {
namespace {

constexpr std::string_view kColumns = "SELECT a.account, a.organization, a.root, a.root_number, a.newest_root, "
                                      "a.newest_number, a.email_key, a.vault_generation, a.servers FROM accounts a ";

HostAccount accountOf(const store::Row& row) {
    HostAccount account;
    account.account = row.get<AccountId>(0);
    account.anchor = {row.get<OrganizationId>(1), row.get<crypto::PublicKey>(2), row.get<std::uint32_t>(3)};
    if (const auto newest = row.get<std::optional<crypto::PublicKey>>(4))
        account.anchor.newest = RootPin{*newest, row.get<std::uint32_t>(5)};
    account.email = row.get<std::string>(6);
    account.vaultGeneration = row.get<std::uint64_t>(7);
    account.servers = serversFrom(row.get<std::string>(8), {});
    return account;
}

} // namespace

Result<std::optional<HostAccount>> HostAccounts::byId(const AccountId& account) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<std::optional<HostAccount>> {
        const auto row = transaction.one(std::string(kColumns) + "WHERE a.account = $1", {account});
        return row ? std::optional(accountOf(*row)) : std::nullopt;
    });
}

Result<std::optional<HostAccount>> HostAccounts::byEmail(std::string_view email, const ServerSet& servers) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<std::optional<HostAccount>> {
        for (const auto& row :
             transaction.all(std::string(kColumns) + "LEFT JOIN profiles p ON p.account = a.account "
                                                     "WHERE a.email_key = $1 ORDER BY "
                                                     "CASE WHEN p.account IS NULL THEN 1 ELSE 0 END, a.number DESC",
                             {kodiac::emailKey(email)}))
            if (auto account = accountOf(row); sameKodiac(account.servers, servers))
                return std::optional(std::move(account));
        return std::optional<HostAccount>();
    });
}

Status HostAccounts::keep(const HostAccount& account) {
    return database_->store().write([&](store::Transaction& transaction) -> Status {
        const TrustAnchor& anchor = account.anchor;
        const auto newest = anchor.newest ? std::optional(anchor.newest->key) : std::nullopt;
        transaction.execute(
            "INSERT INTO accounts (account, organization, root, root_number, newest_root, newest_number, email_key, "
            "vault_generation, servers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account) DO UPDATE "
            "SET "
            "organization = excluded.organization, root = excluded.root, root_number = excluded.root_number, "
            "newest_root = excluded.newest_root, newest_number = excluded.newest_number, "
            "email_key = excluded.email_key, vault_generation = excluded.vault_generation, servers = excluded.servers",
            {account.account, anchor.organization, anchor.root, anchor.number, newest,
             anchor.newest ? anchor.newest->number : 0, kodiac::emailKey(account.email), account.vaultGeneration,
             urlsText(account.servers)});
        return {};
    });
}

Result<std::string> HostAccounts::comparisonCode(const AccountId& account) {
    return database_->store().read([&](store::Transaction& transaction) -> Result<std::string> {
        const auto row = transaction.one("SELECT comparison_code FROM accounts WHERE account = $1", {account});
        return row ? row->get<std::string>(0) : std::string();
    });
}

Status HostAccounts::setComparisonCode(const AccountId& account, std::string_view code) {
    return database_->store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("UPDATE accounts SET comparison_code = $2 WHERE account = $1", {account, code});
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
        transaction.execute("UPDATE accounts SET vault_generation = 0 WHERE servers = ''");
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
