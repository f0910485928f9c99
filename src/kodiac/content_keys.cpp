#include "content_keys.h"

#include "organization_row.h"

namespace ssprotect::kodiac {

Status checkSealedByCaller(const Context& context, const crypto::PublicKey& callersKey, const KeyRecipient& recipient,
                           const KeyEnvelope& envelope) {
    const Bytes info = keyEnvelopeInfo(context.caller.organization, envelope.epoch, recipient.account);
    const Bytes message = keyEnvelopeSignedBytes(info, recipient.agreement, envelope);
    if (envelope.sealer == context.caller.account && crypto::verifySignature(callersKey, message, envelope.signature))
        return {};
    return makeError(ErrorCode::invalidInput, "a content key is not sealed to its recipient's present key and signed "
                                              "by the caller");
}

void putContentKey(Context& context, const AccountId& recipient, const KeyEnvelope& envelope) {
    context.sql.execute("INSERT INTO content_keys (organization, epoch, account, encapsulated, ciphertext, sealer, "
                        "signature) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization, epoch, account) "
                        "DO UPDATE SET encapsulated = excluded.encapsulated, ciphertext = excluded.ciphertext, "
                        "sealer = excluded.sealer, signature = excluded.signature",
                        {context.caller.organization, envelope.epoch, recipient, envelope.encapsulated,
                         envelope.ciphertext, envelope.sealer, envelope.signature});
}

Epoch contentKeyEpoch(Context& context) {
    const auto row =
        context.sql.one("SELECT key_epoch FROM organizations WHERE id = $1", {context.caller.organization});
    return row ? row->get<Epoch>(0) : 0;
}

void askForRotation(Context& context) {
    const Caller& caller = context.caller;
    context.sql.execute("UPDATE organizations SET rotation_pending = 1 WHERE id = $1", {caller.organization});
    tellOrganization(context, caller.organization, "keys", "rotation-pending", caller.account);
}

} // namespace ssprotect::kodiac
