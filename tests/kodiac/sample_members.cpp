#include "sample_calls.h"
#include "support/member.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;

constexpr std::string_view kEmail = "dora@example.org";

/// Another person at the same KODiAC, provisioned when `ready`.
Member provisioned(Individual& person, bool ready) {
    Member dora(person.kodiac(), person.random(), std::string(kEmail));
    dora.organization = person.organization;
    dora.account = AccountId(std::array<Byte, AccountId::kSize>{9});
    if (!ready)
        return dora;
    if (const auto made = person.ask<NewUser>({dora.email, {}, {}}); made.ok())
        dora.account = made->account;
    return dora;
}

crypto::SecretBytes codeOf(const Individual& person) {
    auto code = person.mailbox ? person.mailbox(kEmail) : crypto::SecretBytes();
    return code.empty() ? crypto::SecretBytes::copyOf(viewOf("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")) : std::move(code);
}

Member registered(Individual& person, bool ready) {
    Member dora = provisioned(person, ready);
    if (ready && !dora.registerWith(codeOf(person)).ok())
        dora.account = AccountId(std::array<Byte, AccountId::kSize>{9});
    return dora;
}

ValidateUser::Request validation(const Individual& person, const Member& dora) {
    ValidateUser::Request request;
    request.statement = test::statementBy(person, dora);
    request.delegate = test::delegateStatementBy(person, dora);
    request.contentKeys.push_back(
        test::sealBy(person, {1, person.contentKey(), dora.account, dora.agreementKey().publicKey()}));
    request.compared = true;
    return request;
}

/// A validated Delegate when `ready`.
Member delegate(Individual& person, bool ready) {
    Member dora = registered(person, ready);
    if (ready && !person.ask<ValidateUser>(validation(person, dora)).ok())
        dora.account = AccountId(std::array<Byte, AccountId::kSize>{9}); // was there before
    return dora;
}

template <class Op, class Make> SampleCall byAdministrator(Make make) {
    SampleCall sample;
    sample.operation = Op::kName;
    sample.make = [make](Individual& person, bool ready) { return person.signedCall<Op>(make(person, ready)); };
    sample.organization = true;
    return sample;
}

template <class Op, class Make> SampleCall withCode(Make make) {
    SampleCall sample;
    sample.operation = Op::kName;
    sample.session = false;
    sample.beforeKeyExport = true;
    sample.make = make;
    sample.organization = true;
    return sample;
}

/// A stranger who asked to join: that needs nobody's session.
Member stranger(Individual& person) {
    const auto asked = person.send(callFor<RequestSignUp>({std::string(kEmail), "Example", person.host}));
    EXPECT_TRUE(asked.ok());
    return provisioned(person, false);
}

Call start(Individual& person, bool) {
    const Member dora = stranger(person);
    auto code = mailedCodeFromText(textOf(codeOf(person)));
    return callFor<StartRegistration>({dora.email, dora.host, std::move(*code)});
}

Call finish(Individual& person, bool) {
    Member dora = stranger(person);
    const auto code = codeOf(person);
    auto started = dora.startRegistration(code);
    if (!started)
        started = StartRegistration::Response{};
    return callFor<FinishRegistration>(dora.registration(*started, code));
}

TransferAdministrator::Request transfer(Individual& person, bool ready) {
    const Member dora = delegate(person, ready);
    TransferAdministrator::Request request;
    request.transfer = {1, person.account, dora.account, person.signingKey().publicKey(), dora.signingKey().publicKey(),
                        {}};
    request.transfer.signature = person.signingKey().sign(rootTransferBytes(person.organization, request.transfer));
    request.giver = test::delegateStatementBy(person, person);
    return request;
}

RotateContentKey::Request rotation(Individual& person, bool) {
    const crypto::SecretBytes key(32);
    RotateContentKey::Request request{2, {}};
    request.envelopes.push_back(
        {person.account, test::sealBy(person, {2, key, person.account, person.agreementKey().publicKey()})});
    return request;
}

} // namespace

void addMembers(std::vector<SampleCall>& calls) {
    calls.push_back(withCode<StartRegistration>(start));
    calls.push_back(withCode<FinishRegistration>(finish));
    calls.push_back(byAdministrator<ValidateUser>(
        [](Individual& person, bool ready) { return validation(person, registered(person, ready)); }));
    calls.push_back(byAdministrator<DismissUser>([](Individual& person, bool ready) {
        return DismissUser::Request{provisioned(person, ready).account, {}};
    }));
    calls.push_back(byAdministrator<RemoveUser>([](Individual& person, bool ready) {
        return RemoveUser::Request{delegate(person, ready).account, {}, {}};
    }));
    calls.push_back(byAdministrator<ResetUserPassword>([](Individual& person, bool ready) {
        return ResetUserPassword::Request{delegate(person, ready).account, {}};
    }));
    calls.push_back(byAdministrator<TransferAdministrator>(transfer));
    calls.push_back(byAdministrator<RotateContentKey>(rotation));
}

} // namespace ssprotect::kodiac
