#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/kodiac/wire.h"

#include <functional>
#include <optional>
#include <string>

namespace ssprotect::test {

/// Plays the host of one Individual Account towards a KODiAC: makes the keys, answers the login
/// challenge, counts HOTP codes, signs. Nothing is checked here that a test should see for itself; one thread.
class Individual {
public:
    Individual(kodiac::Kodiac& kodiac, Random& random, std::string email = "ada@example.org");
    /// The same person with the same keys at another host: no session, no second factor.
    Individual onAnotherHost() const;

    /// Goes on with a KODiAC that was closed and opened again.
    void rebind(kodiac::Kodiac& kodiac) { kodiac_ = &kodiac; }

    Status create();
    Status exportKeys();
    Status login();
    Status enrolHost();
    Status resetPassword(std::string newPassword);
    /// Created and through the forced export: ready for files.
    Status settle();

    /// One operation in the session with the next code.
    template <class Op> Result<typename Op::Response> ask(const typename Op::Request& request = {}) {
        return answerOf<Op>(send(signedCall<Op>(request)));
    }
    /// The call as `ask` sends it. Takes the next counter.
    template <class Op> kodiac::Call signedCall(const typename Op::Request& request = {}) {
        return sign(kodiac::callFor<Op>(request));
    }
    /// Without a code, as before the host is enrolled.
    template <class Op> kodiac::Call callWithoutCode(const typename Op::Request& request = {}) const {
        return inSession(kodiac::callFor<Op>(request));
    }
    template <class Op> static Result<typename Op::Response> answerOf(Result<kodiac::Reply> reply) {
        if (!reply)
            return std::move(reply).error();
        return kodiac::decodeReply<Op>(std::move(*reply));
    }
    Result<kodiac::Reply> send(const kodiac::Call& call) { return kodiac_->perform(call); }
    kodiac::Call sign(kodiac::Call call);
    kodiac::Call inSession(kodiac::Call call) const;
    /// The code of that counter.
    std::string code(std::uint64_t counter) const;

    // One file each; the Error is the item's.
    Result<kodiac::BeginStore::Begun> begin(const std::optional<FileId>& chain = {},
                                            const std::optional<GrantId>& grant = {});
    Status commit(const container::IdentityBytes& identity);
    Status abandon(const container::IdentityBytes& identity);
    Result<kodiac::OpenVersion::Opened> open(const container::IdentityBytes& identity,
                                             kodiac::OpenPurpose purpose = kodiac::OpenPurpose::managed,
                                             VersionNumber lastSeen = 0);
    /// Begins and commits.
    Result<container::IdentityBytes> store(const std::optional<FileId>& chain = {},
                                           const std::optional<GrantId>& grant = {});
    /// Size, digest and signature as `commit` gives them.
    kodiac::CommitStore::Item commitItem(const container::IdentityBytes& identity) const;

    // The parts of the larger operations, for tests that change one of them.
    kodiac::CreateIndividual::Request createRequest() const;
    Result<kodiac::StartLogin::Response> startLogin();
    kodiac::FinishLogin::Request finishRequest(const kodiac::StartLogin::Response& challenge) const;
    /// What a KODiAC that has the right verifier answers.
    crypto::Sha256Digest expectedSignature(const kodiac::StartLogin::Response& challenge) const;
    /// With the next code when this host has a second factor.
    kodiac::Call finishCall(const kodiac::FinishLogin::Request& request);
    Status takeLogin(Result<kodiac::Reply> reply);
    kodiac::NewPassword newPassword(std::string_view password) const;
    kodiac::EnrolHost::Request enrolRequest() const;
    void takeGrant(const kodiac::SessionGrant& grant);

    static FileId fileOf(const container::IdentityBytes& identity);
    static VersionNumber versionOf(const container::IdentityBytes& identity);

    std::string email;
    std::string password = "correct horse battery staple";
    std::string hostName = "desk";
    /// Of new passwords. Cheap, unless a test is about scrypt or the KODiAC takes nothing less than usual.
    crypto::ScryptParameters stretching{16, 8, 1};
    AccountId account;
    OrganizationId organization;
    HostId host;
    Bytes vault;
    std::uint64_t vaultGeneration = 1;

    kodiac::SessionGrant session; ///< without the token
    crypto::SecretBytes token;
    crypto::SecretBytes hotpSecret; ///< empty: this host has no second factor
    std::uint64_t counter = 0;      ///< the next one
    std::string softwareId;

    const crypto::SigningKey& signingKey() const { return signing_; }
    const crypto::AgreementKey& agreementKey() const { return agreement_; }
    ByteView contentKey() const { return contentKey_; }

    kodiac::Kodiac& kodiac() const { return *kodiac_; }
    Random& random() const { return *random_; }
    /// Where mails arrive: the text of the latest code for an address; empty where nobody reads them.
    std::function<crypto::SecretBytes(std::string_view email)> mailbox;

protected:
    /// New signing and agreement keys.
    void replaceKeys();

private:
    Individual(const Individual& other, const HostId& host);
    crypto::SecretBytes authenticationKey(std::string_view ofPassword,
                                          const kodiac::PasswordDerivation& derivation) const;

    kodiac::Kodiac* kodiac_;
    Random* random_;
    Bytes clientNonce_;
    crypto::SigningKey signing_;
    crypto::AgreementKey agreement_;
    crypto::SecretBytes contentKey_;
};

} // namespace ssprotect::test
