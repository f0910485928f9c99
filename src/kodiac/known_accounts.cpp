#include "known_accounts.h"

#include "wire/limits.h"

#include <algorithm>

namespace ssprotect::kodiac {

std::optional<AccountId> accountOf(Context& context, std::string_view emailKey, const HostId& host) {
    context.claimedHost = host;
    const auto row = context.sql.one("SELECT id FROM accounts WHERE email_key = $1", {emailKey});
    if (!row)
        return std::nullopt;
    context.claimedAccount = row->get<AccountId>(0);
    return context.claimedAccount;
}

Pretended pretend(const Context& context, std::string_view emailKey) {
    const auto digest = [&](std::string_view label) {
        return crypto::hmac(crypto::HashAlgorithm::sha256, context.services.serverSecret,
                            {viewOf("ssprotect/kodiac/unknown/v1"), viewOf(label), viewOf(emailKey)});
    };
    const Bytes account = digest("account");
    Pretended pretended;
    pretended.account = *AccountId::fromBytes(ByteView(account).first(AccountId::kSize));
    pretended.derivation.salt = digest("salt");
    pretended.derivation.salt.resize(wire::kSaltSize);
    pretended.derivation.scrypt = context.services.settings.unknownUsers;
    return pretended;
}

} // namespace ssprotect::kodiac
