#include "handlers.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/server_url.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kPemHead = "-----BEGIN CERTIFICATE-----";

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool isServer(const std::string& server) { return server.size() <= kLongestServer && parseServerUrl(server).ok(); }

bool isPin(const std::string& pin) {
    return pin.starts_with(kPemHead) && pin.size() <= kLongestPin &&
           std::all_of(pin.begin(), pin.end(), [](char c) { return c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f); });
}

Status check(const DeployedProfile& profile) {
    if (profile.name.empty() || std::any_of(profile.name.begin(), profile.name.end(), isControl))
        return invalid("a profile needs a name without control characters");
    if (auto shaped = checkEmail(profile.email); !shaped)
        return shaped;
    if (!std::all_of(profile.servers.begin(), profile.servers.end(), isServer))
        return invalid("a server is named by its URL, https://host or https://host:port");
    if (!std::all_of(profile.pins.begin(), profile.pins.end(), isPin))
        return invalid("a pin is a certificate in PEM form");
    return {};
}

std::string packed(const std::vector<std::string>& texts) { return nlohmann::json(texts).dump(); }

std::optional<std::vector<std::string>> unpacked(const std::string& text) {
    const auto array = nlohmann::json::parse(text, nullptr, false);
    if (!array.is_array())
        return std::nullopt;
    std::vector<std::string> texts;
    for (const auto& item : array) {
        if (!item.is_string())
            return std::nullopt;
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

// An update that changes nothing: of two hosts that deploy at once, one counts after the other.
void lockAccount(Context& context) {
    context.sql.execute("UPDATE accounts SET created = created WHERE id = $1", {context.caller.account});
}

} // namespace

Result<ListProfiles::Response> execute(Context& context, const ListProfiles::Request&) {
    ListProfiles::Response response;
    for (const auto& row : context.sql.all("SELECT name, email, servers, pins FROM profiles WHERE account = $1 "
                                           "ORDER BY name_key",
                                           {context.caller.account})) {
        auto servers = unpacked(row.get<std::string>(2));
        auto pins = unpacked(row.get<std::string>(3));
        if (!servers || !pins)
            return makeError(ErrorCode::dataDamaged, "a profile in KODiAC's database is damaged");
        response.profiles.push_back(
            {row.get<std::string>(0), row.get<std::string>(1), std::move(*servers), std::move(*pins)});
    }
    return response;
}

Result<DeployProfile::Response> execute(Context& context, const DeployProfile::Request& request) {
    const DeployedProfile& profile = request.profile;
    if (auto good = check(profile); !good)
        return std::move(good).error();
    lockAccount(context);
    context.sql.execute(
        "INSERT INTO profiles (account, name_key, name, email, servers, pins) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, name_key) DO UPDATE SET "
        "name = excluded.name, email = excluded.email, servers = excluded.servers, pins = excluded.pins",
        {context.caller.account, emailKey(profile.name), profile.name, profile.email, packed(profile.servers),
         packed(profile.pins)});
    const auto row = context.sql.one("SELECT COUNT(*) FROM profiles WHERE account = $1", {context.caller.account});
    if (row && row->get<std::uint64_t>(0) > kMostProfiles)
        return makeError(ErrorCode::quotaExceeded, "an account keeps at most 100 profiles; withdraw one first");
    return DeployProfile::Response{};
}

Result<WithdrawProfile::Response> execute(Context& context, const WithdrawProfile::Request& request) {
    const auto gone = context.sql.execute("DELETE FROM profiles WHERE account = $1 AND name_key = $2",
                                          {context.caller.account, emailKey(request.name)});
    if (gone == 0)
        return makeError(ErrorCode::notFound, "the account keeps no profile of this name");
    return WithdrawProfile::Response{};
}

} // namespace ssprotect::kodiac
