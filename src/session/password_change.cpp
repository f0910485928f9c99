#include "session_inside.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/session/password_policy.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

Error wrongPassword() {
    return makeError(ErrorCode::loginFailed, "the current password is wrong; the password was not changed");
}

/// Puts the present password into the history and holds the next one against it.
Status rememberAndCompare(VaultContent& vault, ByteView current, ByteView next, std::size_t barred,
                          const crypto::ScryptLimits& limits) {
    auto currentKeys = PasswordKeys::derive(current, vault.historyDerivation, limits);
    if (!currentKeys)
        return std::move(currentKeys).error();
    auto nextKeys = PasswordKeys::derive(next, vault.historyDerivation, limits);
    if (!nextKeys)
        return std::move(nextKeys).error();
    auto& history = vault.passwordHistory;
    history.insert(history.begin(), currentKeys->historyHash());
    if (history.size() > kMostPasswordHistory)
        history.resize(kMostPasswordHistory);
    const auto hash = nextKeys->historyHash();
    const bool isBarred = std::any_of(history.begin(), history.begin() + std::min(barred, history.size()),
                                      [&](const auto& earlier) { return crypto::equalSecrets(earlier, hash); });
    if (isBarred)
        return makeError(ErrorCode::weakPassword,
                         "the password is one of the last " + std::to_string(barred) + "; take another");
    return {};
}

/// An Organization's rules; where there is none, the product's alone.
Result<kodiac::PasswordRules> rulesFor(Session::State& state) {
    auto policy = state.call<kodiac::ShowPolicy>({});
    if (policy)
        return policy->password;
    if (exitCodeOf(policy.error().code) == exitCodeOf(ErrorCode::kodiacUnreachable))
        return std::move(policy).error();
    return kodiac::PasswordRules{};
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
    auto rules = rulesFor(state);
    if (!rules)
        return std::move(rules).error();
    if (auto strong = checkNewPassword(next, info.email, "password", *rules); !strong)
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
    if (auto fresh = rememberAndCompare(vault, current, next, passwordHistoryFor(*rules), limits); !fresh)
        return fresh;
    auto sealed =
        sealForPassword(vault, state.generation + 1, next, **device, inside_->settings, inside_->environment.random);
    if (!sealed)
        return std::move(sealed).error();
    auto changed = state.call<kodiac::ChangePassword>({state.generation, sealed->blob, sealed->newPassword()});
    if (!changed)
        return std::move(changed).error();
    if (auto kept = state.passwordChanged(std::move(*sealed), std::move(vault.passwordHistory)); !kept)
        return kept;
    const SessionInfo changedInfo = (*session)->info();
    if (info.passwordDue)
        inside_->tell([&](SessionListener& listener) { listener.sessionRefreshed(changedInfo); });
    return {};
}

} // namespace ssprotect::session
