#include "ssprotect/session/profiles.h"

#include "server_text.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/store/database.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::size_t kLongestName = 254;

std::string keyOf(std::string_view name) { return kodiac::emailKey(name); }

Status checkName(std::string_view name) {
    const bool printable = std::none_of(name.begin(), name.end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (name.empty() || name.size() > kLongestName || !printable)
        return makeError(ErrorCode::invalidInput,
                         "a profile's name has 1 to 254 bytes and no control characters; take another name");
    return {};
}

Result<Profile> checked(Profile profile) {
    if (auto name = checkName(profile.name); !name)
        return std::move(name).error();
    if (auto email = kodiac::checkEmail(profile.email); !email)
        return std::move(email).error();
    auto servers = checkedServers(std::move(profile.servers));
    if (!servers)
        return std::move(servers).error();
    profile.servers = std::move(*servers);
    return profile;
}

constexpr std::string_view kColumns =
    "SELECT name, email, account, organization, servers, pins, current FROM profiles ";

Profile profileOf(const store::Row& row) {
    return {row.get<std::string>(0),
            row.get<std::string>(1),
            row.get<std::optional<AccountId>>(2),
            row.get<std::optional<OrganizationId>>(3),
            serversFrom(row.get<std::string>(4), row.get<std::string>(5)),
            row.get<bool>(6)};
}

std::optional<Profile> find(store::Transaction& transaction, std::string_view condition, const std::string& key) {
    const auto row = transaction.one(std::string(kColumns) + std::string(condition), {key});
    return row ? std::optional(profileOf(*row)) : std::nullopt;
}

std::optional<Profile> findByName(store::Transaction& transaction, std::string_view name) {
    return find(transaction, "WHERE name_key = $1", keyOf(name));
}

std::optional<Profile> findByEmail(store::Transaction& transaction, std::string_view email) {
    return find(transaction, "WHERE email_key = $1 ORDER BY current DESC, name_key", keyOf(email));
}

std::optional<Profile> findByEmail(store::Transaction& transaction, std::string_view email, const ServerSet& servers) {
    for (const auto& row :
         transaction.all(std::string(kColumns) + "WHERE email_key = $1 ORDER BY name_key", {keyOf(email)}))
        if (auto profile = profileOf(row); sameKodiac(profile.servers, servers))
            return profile;
    return std::nullopt;
}

Error noSuch(store::Transaction& transaction, std::string_view name) {
    std::string known;
    for (const auto& row : transaction.all("SELECT name FROM profiles ORDER BY name_key"))
        known += (known.empty() ? "" : ", ") + row.get<std::string>(0);
    return makeError(ErrorCode::notFound, "there is no profile '" + std::string(name) + "'; " +
                                              (known.empty() ? "no profile is set up yet" : "there are: " + known));
}

void insert(store::Transaction& transaction, const Profile& profile) {
    transaction.execute("INSERT INTO profiles (name_key, name, email_key, email, servers, pins, account, organization, "
                        "current) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        {keyOf(profile.name), profile.name, keyOf(profile.email), profile.email,
                         urlsText(profile.servers), pinsText(profile.servers), profile.account, profile.organization,
                         profile.current ? 1 : 0});
}

void makeCurrent(store::Transaction& transaction, const Profile& profile) {
    transaction.execute("UPDATE profiles SET current = CASE WHEN name_key = $1 THEN 1 ELSE 0 END",
                        {keyOf(profile.name)});
}

std::string freeName(store::Transaction& transaction, std::string_view wanted) {
    std::string name(wanted);
    for (int number = 2; findByName(transaction, name); ++number)
        name = std::string(wanted) + " " + std::to_string(number);
    return name;
}

Profile made(store::Transaction& transaction, std::string_view email, const ServerSet& servers) {
    if (auto known = findByEmail(transaction, email, servers))
        return std::move(*known);
    Profile profile{freeName(transaction, email), std::string(email), {}, {}, servers, false};
    insert(transaction, profile);
    return profile;
}

} // namespace

Result<std::vector<Profile>> Profiles::list() {
    return database_.store().read([](store::Transaction& transaction) -> Result<std::vector<Profile>> {
        std::vector<Profile> profiles;
        for (const auto& row : transaction.all(std::string(kColumns) + "ORDER BY name_key"))
            profiles.push_back(profileOf(row));
        return profiles;
    });
}

Result<Profile> Profiles::byName(std::string_view name) {
    return database_.store().read([&](store::Transaction& transaction) -> Result<Profile> {
        auto profile = findByName(transaction, name);
        if (!profile)
            return noSuch(transaction, name);
        return std::move(*profile);
    });
}

Result<std::optional<Profile>> Profiles::byEmail(std::string_view email) {
    return database_.store().read([&](store::Transaction& transaction) -> Result<std::optional<Profile>> {
        return findByEmail(transaction, email);
    });
}

Result<std::optional<Profile>> Profiles::byEmail(std::string_view email, const ServerSet& servers) {
    return database_.store().read([&](store::Transaction& transaction) -> Result<std::optional<Profile>> {
        return findByEmail(transaction, email, servers);
    });
}

Result<Profile> Profiles::current() {
    return database_.store().read([](store::Transaction& transaction) -> Result<Profile> {
        const auto row = transaction.one(std::string(kColumns) + "WHERE current = 1");
        if (!row)
            return makeError(ErrorCode::notFound,
                             "no profile is current; name one with --profile, or an account with --email");
        return profileOf(*row);
    });
}

Status Profiles::add(const Profile& wanted) {
    auto good = checked(wanted);
    if (!good)
        return std::move(good).error();
    const Profile& profile = *good;
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        if (findByName(transaction, profile.name))
            return makeError(ErrorCode::alreadyExists, "there is a profile of that name; take another");
        if (const auto other = findByEmail(transaction, profile.email, profile.servers))
            return makeError(ErrorCode::alreadyExists, "profile '" + other->name + "' has that e-mail already");
        if (profile.current)
            transaction.execute("UPDATE profiles SET current = 0");
        insert(transaction, profile);
        return {};
    });
}

Result<std::optional<std::string>> Profiles::addMissing(Profile wanted) {
    auto good = checked(std::move(wanted));
    if (!good)
        return std::move(good).error();
    return database_.store().write([&](store::Transaction& transaction) -> Result<std::optional<std::string>> {
        if (findByEmail(transaction, good->email, good->servers))
            return std::optional<std::string>();
        Profile profile{freeName(transaction, good->name), good->email, {}, {}, good->servers, false};
        insert(transaction, profile);
        return std::optional(std::move(profile.name));
    });
}

Status Profiles::rename(std::string_view name, std::string_view to) {
    if (auto good = checkName(to); !good)
        return good;
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        if (!findByName(transaction, name))
            return noSuch(transaction, name);
        if (keyOf(name) != keyOf(to) && findByName(transaction, to))
            return makeError(ErrorCode::alreadyExists, "there is a profile of that name; take another");
        transaction.execute("UPDATE profiles SET name_key = $2, name = $3 WHERE name_key = $1",
                            {keyOf(name), keyOf(to), to});
        return {};
    });
}

Status Profiles::remove(std::string_view name) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        const auto profile = findByName(transaction, name);
        if (!profile)
            return noSuch(transaction, name);
        transaction.execute("DELETE FROM profiles WHERE name_key = $1", {keyOf(name)});
        if (profile->account)
            transaction.execute("DELETE FROM chains WHERE account = $1", {*profile->account});
        return {};
    });
}

Result<Profile> Profiles::loggedIn(std::string_view email, const ServerSet& servers, const AccountId& account,
                                   const OrganizationId& organization) {
    return database_.store().write([&](store::Transaction& transaction) -> Result<Profile> {
        Profile profile = made(transaction, email, servers);
        profile.servers = servers;
        profile.account = account;
        profile.organization = organization;
        profile.current = true;
        makeCurrent(transaction, profile);
        transaction.execute("UPDATE profiles SET account = $2, organization = $3, servers = $4, pins = $5 "
                            "WHERE name_key = $1",
                            {keyOf(profile.name), account, organization, urlsText(servers), pinsText(servers)});
        return profile;
    });
}

Result<Profile> Profiles::registered(std::string_view email, const ServerSet& servers) {
    return database_.store().write([&](store::Transaction& transaction) -> Result<Profile> {
        Profile profile = made(transaction, email, servers);
        profile.current = true;
        makeCurrent(transaction, profile);
        return profile;
    });
}

Status Profiles::addPin(std::string_view name, const std::string& pin) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        auto profile = findByName(transaction, name);
        if (!profile)
            return noSuch(transaction, name);
        auto& pins = profile->servers.pins;
        if (std::find(pins.begin(), pins.end(), pin) != pins.end())
            return {};
        pins.push_back(pin);
        transaction.execute("UPDATE profiles SET pins = $2 WHERE name_key = $1",
                            {keyOf(name), pinsText(profile->servers)});
        return {};
    });
}

} // namespace ssprotect::session
