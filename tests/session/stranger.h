#pragma once

#include "session/content_envelopes.h"
#include "session_home.h"
#include "ssprotect/kodiac/wire.h"

#include <gtest/gtest.h>

namespace ssprotect::session {

/// A KODiAC that answers `Op` with something else than the truth.
template <class Op> void change(InterposedKodiac& between, std::function<void(typename Op::Response&)> change) {
    between.interfere([change](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        auto reply = pass(call);
        if (call.operation != Op::kName || !reply)
            return reply;
        auto response = kodiac::decodeReply<Op>(std::move(*reply));
        EXPECT_TRUE(response);
        change(*response);
        return Result<kodiac::Reply>(kodiac::encode(*response));
    });
}

/// A stranger who has keys of their own.
struct Stranger {
    test::SeededRandom random{99};
    crypto::SigningKey signing = crypto::SigningKey::generate(random);
    crypto::AgreementKey agreement = crypto::AgreementKey::generate(random);
    AccountId account = AccountId::random(random);

    kodiac::Member statement(const OrganizationId& organization) {
        kodiac::MemberStatement self{
            account, "eve@example.org", {signing.publicKey(), agreement.publicKey()}, account, {}};
        self.signature = signing.sign(kodiac::memberStatementBytes(organization, self));
        return {self, 1, true};
    }
    kodiac::KeyEnvelope envelope(const SessionInfo& to, Epoch epoch, const crypto::PublicKey& key,
                                 const AccountId& sealer) {
        auto sealed =
            sealContentKey(crypto::SecretBytes(32), to.organization, epoch, to.account, key, {sealer, signing}, random);
        EXPECT_TRUE(sealed);
        return *sealed;
    }
};

} // namespace ssprotect::session
