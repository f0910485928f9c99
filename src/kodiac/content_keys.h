#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

/// Whom an envelope is for.
struct KeyRecipient {
    AccountId account;
    crypto::PublicKey agreement{};
};

/// `invalid-input` unless the caller, whose signing key this is, sealed the envelope to the recipient.
Status checkSealedByCaller(const Context& context, const crypto::PublicKey& callersKey, const KeyRecipient& recipient,
                           const KeyEnvelope& envelope);

/// In the place of one of the same epoch.
void putContentKey(Context& context, const AccountId& recipient, const KeyEnvelope& envelope);

/// The Organization's present epoch.
Epoch contentKeyEpoch(Context& context);

/// Somebody who had the content key has left: a Privileged User's host is to make the next one.
void askForRotation(Context& context);

} // namespace ssprotect::kodiac
