#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/kodiac/organizations.h"
#include "ssprotect/kodiac/outbox.h"
#include "ssprotect/store/database.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::kodiac {

constexpr std::size_t kMasterKeySize = 32;

struct AuthoritySettings {
    Duration sessionLength = std::chrono::hours(12);
    /// What a host may choose for a new password.
    crypto::ScryptLimits scrypt;
    /// What login.start tells about e-mails that no account has: as a usual account would.
    crypto::ScryptParameters unknownUsers;
    /// Whether Individual Accounts may be made here (ACC-2).
    bool individuals = true;
    /// Whether a database that holds no KODiAC yet becomes one; else it is `not-found`.
    bool mayBegin = true;
    /// How long a mailed code holds (ACC-3).
    Duration registrationCodeLife = std::chrono::hours(24);
};

/// Rows that were of no use any more and went.
struct Tidied {
    std::int64_t nonces = 0;
    std::int64_t loginDelays = 0;
    std::int64_t hostRequests = 0;
    std::int64_t hosts = 0; ///< never enrolled; they come back with a login
    std::int64_t sessions = 0;
    std::int64_t events = 0;

    std::int64_t all() const { return nonces + loginDelays + hostRequests + hosts + sessions + events; }
};

/// The schema of `Authority`'s database, to open it with.
store::Schema authoritySchema();

/// The audit row of what the operator did with a database, or beside it: a word as "backup". In a transaction of its
/// own, so only for what changes no row of the database: what does is audited with the change.
Status recordOperatorAct(store::Database& database, std::string_view act);

/// KODiAC itself, on a database. Every operation walks one corridor in one transaction: authenticate →
/// second factor → authorise → execute → audit (docs/architecture.md). A refusal commits its audit row and
/// what it counted, nothing else; a database that fails leaves nothing at all, and its Error is the answer. Any thread.
class Authority final : public Kodiac {
public:
    /// `masterKey` (32 bytes) seals the secrets of the database; another one than it was made with is `integrity`. A
    /// snapshot that is opened here has been restored: `afterRestore` is done first.
    static Result<std::unique_ptr<Authority>> open(std::unique_ptr<store::Database> database, Random& random,
                                                   crypto::SecretBytes masterKey, AuthoritySettings settings = {});
    ~Authority() override;

    Result<Reply> perform(const Call& call) override;
    crypto::Sha256Digest channelBinding() const override;

    /// A consistent copy for backups. Of no use without the master key, and never one running KODiAC twice:
    /// the copy knows that it is one.
    Status snapshot(const platform::Path& file);

    /// Share epochs rise, sessions end, login nonces are void and every host has to enrol its second
    /// factor anew. For a database that came back in another way than by a snapshot.
    Status afterRestore();

    /// Whether the database answers.
    Status health();

    /// Takes away what has expired, in small transactions, so that nobody waits for long. Daemons that share a database
    /// may all do it. Sessions stay for 90 days after their end, longer while something opened in them may be closed.
    Result<Tidied> tidy();

    /// Looks through the whole database: its structure, that the master key opens what is sealed, that rows agree with
    /// each other and with the audit trail. One sentence for each kind of fault, without names; none: it is sound.
    /// An Error when it could not be looked through; `data-damaged` and `integrity` are faults already.
    Result<std::vector<std::string>> verify();

    /// As the function of that name, on this database.
    Status recordOperatorAct(std::string_view act);

    /// The operator's word (ACC-1 *disabled*): the next access is refused. `not-found`; `last-privileged` for the last
    /// Privileged User of an Organization. An Individual may always be disabled.
    Status setDisabled(std::string_view email, bool disabled);

    /// A new Organization. Its Administrator is provisioned: the text of the registration code is given, to be shown
    /// once, and mailed. `invalid-input`; `already-exists` when the name or the e-mail is taken.
    Result<crypto::SecretBytes> createOrganization(const NewOrganization& organization);

    /// All of them, by name, Individuals last.
    Result<std::vector<OrganizationOverview>> organizations();

    /// Rises with every event of any Organization (ListEvents): whoever waits for one looks again when it has changed.
    Result<std::int64_t> newestEvent();

    /// Other seats, quota or licence; what is not given stays. `not-found`; `invalid-input`; `no-seat` for fewer than
    /// are in use, `quota-exceeded` for less than accounts were given.
    Status setLicence(std::string_view organization, const LicenceChanges& changes);

    /// A new code for an Administrator who has not registered, given as its text and mailed; the old one is void.
    /// `not-found`; `conflict` once the Administrator has registered.
    Result<crypto::SecretBytes> renewAdministratorCode(std::string_view organization);

    /// The mails that wait here, for whoever sends them. Lives no longer than this.
    Outbox outbox();

private:
    struct Inside;
    explicit Authority(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac
