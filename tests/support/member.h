#pragma once

#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "support/individual.h"

#include <map>

namespace ssprotect::test {

/// What a host signs and seals about somebody of its Organization.
kodiac::AccountKeys keysOf(const Individual& who);
kodiac::MemberStatement statementBy(const Individual& signer, const Individual& about);
kodiac::DelegateStatement delegateStatementBy(const Individual& signer, const Individual& about);
/// A content key of the sealer's Organization, sealed to one account.
struct Sealing {
    Epoch epoch = 1;
    ByteView contentKey;
    AccountId recipient;
    crypto::PublicKey agreement{};
};
kodiac::KeyEnvelope sealBy(const Individual& sealer, const Sealing& sealing);

/// Plays a member's host of an Organization towards a KODiAC: registers with a mailed code, keeps the Organization's
/// keys, and signs and seals what a Privileged User's host does. Nothing is checked here that a test should see for
/// itself; one thread.
class Member : public Individual {
public:
    Member(kodiac::Kodiac& kodiac, Random& random, std::string email);

    kodiac::AccountKeys keys() const { return keysOf(*this); }

    // --- coming in; `code` is the text of the mail ---
    Result<kodiac::StartRegistration::Response> startRegistration(ByteView code);
    kodiac::FinishRegistration::Request registration(const kodiac::StartRegistration::Response& started,
                                                     ByteView code) const;
    Result<kodiac::FinishRegistration::Response> finishRegistration(const kodiac::FinishRegistration::Request& request);
    /// Start and finish. An Administrator who makes the Organization is logged in then.
    Status registerWith(ByteView code);
    /// The first login after Validation: takes the content keys, enrols the host.
    Status comeIn();
    /// vault.get; opens every content key.
    Status fetchKeys();
    /// What a host does that is to register anew after a reset: new keys, no session, no second factor.
    void makeNewKeys();

    // --- as a Privileged User ---
    kodiac::MemberStatement statementAbout(const Member& who) const { return statementBy(*this, who); }
    kodiac::DelegateStatement delegateStatementAbout(const Member& who) const {
        return delegateStatementBy(*this, who);
    }
    kodiac::ValidateUser::Request validationOf(const Member& who, bool asDelegate = false) const;
    kodiac::TransferAdministrator::Request transferTo(const Member& who, std::uint32_t number = 1) const;
    /// Every statement that `signer` has signed, signed anew by this account; asks for the vault.
    Result<std::vector<kodiac::MemberStatement>> signAnew(const AccountId& signer);
    /// A new content key for all members of now; asks for the vault. `takeRotation` keeps its key once it is accepted.
    Result<kodiac::RotateContentKey::Request> rotation();
    void takeRotation();

    Status validate(const Member& who, bool asDelegate = false);
    Status remove(const Member& who);
    Status resetPasswordOf(const Member& who);
    Status rotate();

    std::map<Epoch, crypto::SecretBytes> contentKeys;
    crypto::PublicKey root{};

private:
    std::optional<std::pair<Epoch, crypto::SecretBytes>> nextKey_;
};

/// The text of the latest code of that kind that waits to be mailed to the address; empty: there is none.
crypto::SecretBytes mailedCode(kodiac::Authority& authority, std::string_view email,
                               kodiac::MailKind kind = kodiac::MailKind::registrationCode);

/// An Organization whose Administrator is registered, logged in on `host` and through the key export.
struct Founding {
    kodiac::NewOrganization organization{"Example", "ada@example.org", 10, 100'000, true};
    kodiac::Authority& authority;
    kodiac::Kodiac& kodiac; ///< the way by which hosts reach it
    Random& random;
};
Result<Member> foundOrganization(const Founding& founding);

/// Provisioned by `by`, not registered yet.
Result<Member> provision(const Founding& founding, Member& by, std::string email,
                         const kodiac::AttributeChanges& attributes = {});
/// Provisioned, registered, validated by `by`, and logged in. A Delegate only by the Administrator.
Result<Member> bringIn(const Founding& founding, Member& by, std::string email, bool asDelegate = false);

} // namespace ssprotect::test
