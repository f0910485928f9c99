#include "session_inside.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/session/keys_file.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

VaultContent vaultOf(const ExportedKeys& keys, const SessionSettings& settings, Random& random) {
    VaultContent vault;
    vault.account = keys.account;
    vault.organization = keys.organization;
    vault.root = keys.root;
    vault.signingSeed = keys.signingSeed.clone();
    vault.agreementScalar = keys.agreementScalar.clone();
    for (const auto& [epoch, key] : keys.contentKeys)
        vault.contentKeys[epoch] = key.clone();
    vault.historyDerivation = newDerivation(settings.newPassword, random);
    return vault;
}

Result<ExportedKeys> keysFor(const Environment& environment, const platform::Path& file, std::string_view email,
                             ByteView passphrase, const crypto::ScryptLimits& limits) {
    auto keys = readKeysFile(environment.files, file, passphrase, limits);
    if (keys && kodiac::emailKey(keys->email) != kodiac::emailKey(email))
        return makeError(ErrorCode::refused, "these are the exported keys of another account; nothing changed");
    return keys;
}

} // namespace

Result<SessionInfo> SessionManager::importKeys(const platform::Path& file, const LoginTarget& target,
                                               ByteView passphrase, ByteView newPassword) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    const Environment& environment = inside_->environment;
    const SessionSettings& settings = inside_->settings;
    auto where = inside_->destination(target);
    if (!where)
        return std::move(where).error();
    const std::string& email = where->email;
    if (auto strong = checkNewPassword(newPassword, email); !strong)
        return std::move(strong).error();
    auto keys = keysFor(environment, file, email, passphrase, settings.limits);
    if (!keys)
        return std::move(keys).error();
    auto signing = crypto::SigningKey::fromPrivate(keys->signingSeed);
    if (!signing)
        return std::move(signing).error();

    if (auto same = inside_->checkSameKodiac(keys->account, where->servers); !same)
        return std::move(same).error();

    auto enrolment = inside_->secrets.enrolment(keys->account);
    if (!enrolment)
        return std::move(enrolment).error();
    const HostId host = *enrolment ? (*enrolment)->host : HostId::random(environment.random);
    auto challenge = KodiacChannel(where->kodiac).call<kodiac::StartReset>({email, host});
    if (!challenge)
        return std::move(challenge).error();
    if (challenge->account != keys->account)
        return makeError(ErrorCode::refused,
                         where->servers.embedded()
                             ? "the embedded KODiAC knows no account with these keys under that e-mail; nothing "
                               "changed. On a new machine restore a backup first ('ssprotect restore-backup'), or, for "
                               "an account on a server, name it with --server and --ca"
                             : "KODiAC knows no account with these keys under that e-mail; nothing changed");

    const VaultContent vault = vaultOf(*keys, settings, environment.random);
    const std::uint64_t generation = challenge->vaultGeneration + 1;
    auto sealed = sealForPassword(vault, generation, newPassword, keys->deviceSecret, settings, environment.random);
    if (!sealed)
        return std::move(sealed).error();
    const auto signature =
        signing->sign(kodiac::resetSignedBytes(challenge->serverNonce, keys->account, host, sealed->blob));

    if (auto kept = inside_->secrets.keepDeviceSecret(keys->account, keys->deviceSecret); !kept)
        return std::move(kept).error();
    auto reset = KodiacChannel(where->kodiac)
                     .call<kodiac::FinishReset>({email, host, settings.hostName, challenge->serverNonce, signature,
                                                 sealed->newPassword(), sealed->blob, generation});
    if (!reset)
        return std::move(reset).error();
    // The keys outrank what this host remembered.
    if (auto kept = inside_->accounts.keep(
            {keys->account, {keys->organization, keys->root}, email, generation, where->servers});
        !kept)
        return std::move(kept).error();
    auto credential = inside_->newCredential(keys->account, host, reset->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    return inside_->start({std::move(reset->session), host, *credential, std::move(*where),
                           std::move(sealed->passwordKeys), std::move(sealed->derivation)});
}

} // namespace ssprotect::session
