#include "key_rotation.h"
#include "people_signing.h"
#include "session_inside.h"
#include "ssprotect/kodiac/user_operations.h"

#include <spdlog/logger.h>

namespace ssprotect::session {
namespace {

/// A new Administrator's host signs the Delegates under the new root, so that who comes to the Organization from now
/// on, and knows no earlier root, can check them. Ok when there is nothing to sign.
Status signDelegates(Session::State& state) {
    auto signing = PeopleSigning::under(state);
    if (!signing)
        return std::move(signing).error();
    const KeyChain& people = signing->people();
    if (!signing->holdsRoot() || people.holdsUnderTodaysRoot())
        return {};
    kodiac::EditUsers::Request request;
    for (const AccountId& account : people.delegates()) {
        const auto* member = people.current(account);
        if (member == nullptr)
            continue;
        auto statement = signing->delegate(account, member->keys);
        if (!statement)
            return std::move(statement).error();
        kodiac::EditUsers::Edit edit;
        edit.account = account;
        edit.changes.delegate = true;
        edit.delegate = std::move(*statement);
        request.edits.push_back(std::move(edit));
    }
    if (request.edits.empty())
        return {};
    auto signedAnew = state.call<kodiac::EditUsers>(request);
    if (!signedAnew)
        return std::move(signedAnew).error();
    return state.refreshKeys();
}

} // namespace

void SessionManager::Inside::doKeyDuties(Session::State& state) {
    const SessionInfo info = state.shown();
    if (!info.keysExported || info.passwordDue)
        return;
    if (auto done = signDelegates(state); !done)
        environment.log.warn("the Delegates are not signed under the new root yet: {}", done.error().word());
    if (auto rotated = rotateIfDue(state); !rotated)
        environment.log.warn("the Organization's content key was not rotated: {}", rotated.error().word());
}

} // namespace ssprotect::session
