#include "session_inside.h"
#include "ssprotect/session/keys_file.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

/// Proves that the file as it lies there gives the keys back: nobody finds out too late.
Status prove(const Environment& environment, const platform::Path& file, const ExportedKeys& keys, ByteView passphrase,
             const crypto::ScryptLimits& limits) {
    auto back = readKeysFile(environment.files, file, passphrase, limits);
    if (!back)
        return std::move(back).error();
    if (!crypto::equalSecrets(back->signingSeed, keys.signingSeed) ||
        !crypto::equalSecrets(back->agreementScalar, keys.agreementScalar) ||
        !crypto::equalSecrets(back->deviceSecret, keys.deviceSecret) ||
        back->contentKeys.size() != keys.contentKeys.size())
        return makeError(ErrorCode::ioError, "the file of exported keys reads back differently; take another disk");
    return {};
}

Result<ExportedKeys> keysOf(const Session::State& state, const HostSecrets& secrets) {
    auto device = secrets.deviceSecret(state.account);
    if (!device)
        return std::move(device).error();
    if (!*device)
        return makeError(ErrorCode::refused, "this host has not the account's device secret; import its exported keys");
    return ExportedKeys{state.shown().email,       state.account,
                        state.organization,        state.anchor().root,
                        state.signingSeed.clone(), state.agreementScalar.clone(),
                        std::move(**device),       state.ring.contentKeys()};
}

} // namespace

Status SessionManager::exportKeys(const platform::Path& file, ByteView passphrase) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    if (auto strong = checkNewPassword(passphrase, state.shown().email, "passphrase"); !strong)
        return strong;
    auto keys = keysOf(state, inside_->secrets);
    if (!keys)
        return std::move(keys).error();
    auto sealed = sealKeysFile(*keys, passphrase, inside_->settings.newPassword, inside_->settings.limits,
                               inside_->environment.random);
    if (!sealed)
        return std::move(sealed).error();
    if (auto written = platform::writeNew(inside_->environment.files, file, *sealed, inside_->environment.random);
        !written)
        return written;
    if (auto proved = prove(inside_->environment, file, *keys, passphrase, inside_->settings.limits); !proved)
        return proved;
    auto told = state.heard(state.channel->callForNewToken<kodiac::KeysExported>({crypto::sha256({*sealed})}));
    if (!told)
        return std::move(told).error();
    state.update(told->session);
    const SessionInfo info = (*session)->info();
    inside_->tell([&](SessionListener& listener) { listener.sessionRefreshed(info); });
    return {};
}

} // namespace ssprotect::session
