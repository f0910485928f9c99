#include "session_inside.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

Error wrongPassword() {
    return makeError(ErrorCode::loginFailed, "the current password is wrong; the password was not changed");
}

/// Puts the present password into the history and holds the next one against it.
Status rememberAndCompare(VaultContent& vault, ByteView current, ByteView next, const crypto::ScryptLimits& limits) {
    auto currentKeys = PasswordKeys::derive(current, vault.historyDerivation, limits);
    if (!currentKeys)
        return std::move(currentKeys).error();
    auto nextKeys = PasswordKeys::derive(next, vault.historyDerivation, limits);
    if (!nextKeys)
        return std::move(nextKeys).error();
    auto& history = vault.passwordHistory;
    history.insert(history.begin(), currentKeys->historyHash());
    if (history.size() > kPasswordHistory)
        history.resize(kPasswordHistory);
    const auto hash = nextKeys->historyHash();
    for (const auto& earlier : history)
        if (crypto::equalSecrets(earlier, hash))
            return makeError(ErrorCode::weakPassword,
                             "the password is one of the last " + std::to_string(kPasswordHistory) + "; take another");
    return {};
}

} // namespace

Status SessionManager::changePassword(ByteView current, ByteView next) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    const SessionInfo info = (*session)->info();
    if (auto strong = checkNewPassword(next, info.email); !strong)
        return strong;
    auto device = inside_->secrets.deviceSecret(state.account);
    if (!device)
        return std::move(device).error();
    if (!*device)
        return makeError(ErrorCode::refused, "this host has not the account's device secret; import its exported keys");

    const crypto::ScryptLimits& limits = inside_->settings.limits;
    auto currentKeys = PasswordKeys::derive(current, state.derivation, limits);
    if (!currentKeys)
        return std::move(currentKeys).error();
    if (!wrapOpens(state.wrap, currentKeys->vaultWrappingKey(**device), state.account, state.derivation))
        return wrongPassword();

    VaultContent vault = state.vaultContent();
    if (auto fresh = rememberAndCompare(vault, current, next, limits); !fresh)
        return fresh;
    auto sealed =
        sealForPassword(vault, state.generation + 1, next, **device, inside_->settings, inside_->environment.random);
    if (!sealed)
        return std::move(sealed).error();
    auto changed = state.call<kodiac::ChangePassword>({state.generation, sealed->blob, sealed->newPassword()});
    if (!changed)
        return std::move(changed).error();
    return state.passwordChanged(std::move(*sealed), std::move(vault.passwordHistory));
}

} // namespace ssprotect::session
