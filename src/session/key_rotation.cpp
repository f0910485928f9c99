#include "key_rotation.h"

#include "new_account.h"
#include "ssprotect/kodiac/user_operations.h"

namespace ssprotect::session {
namespace {

constexpr int kAttempts = 3;

Result<kodiac::RotateContentKey::Request> nextKey(const Session::State& state) {
    auto signing = crypto::SigningKey::fromPrivate(state.signingSeed);
    if (!signing)
        return std::move(signing).error();
    Random& random = state.environment.random;
    const KeyChain people = state.people();
    const auto contentKey = randomSecret(kContentKeySize, random);
    kodiac::RotateContentKey::Request request;
    request.epoch = state.presentEpoch() + 1;
    for (const auto* member : people.everyCurrent()) {
        auto envelope = sealContentKey(contentKey, state.organization, request.epoch, member->account,
                                       member->keys.agreement, {state.account, *signing}, random);
        if (!envelope)
            return std::move(envelope).error();
        request.envelopes.push_back({member->account, std::move(*envelope)});
    }
    return request;
}

/// Somebody came, left or rotated since the people were fetched.
bool isOvertaken(ErrorCode code) { return code == ErrorCode::versionConflict || code == ErrorCode::changedMeanwhile; }

} // namespace

Status rotateIfDue(Session::State& state) {
    for (int attempt = 0; attempt < kAttempts && state.rotationDue(); ++attempt) {
        auto request = nextKey(state);
        if (!request)
            return std::move(request).error();
        auto rotated = state.call<kodiac::RotateContentKey>(*request);
        if (!rotated && !isOvertaken(rotated.error().code))
            return std::move(rotated).error();
        if (auto fetched = state.refreshKeys(); !fetched)
            return fetched;
    }
    return state.rotationDue() ? Status{makeError(ErrorCode::versionConflict, "other hosts were faster each time")}
                               : Status{};
}

} // namespace ssprotect::session
