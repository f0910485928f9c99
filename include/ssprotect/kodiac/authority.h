#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/kodiac/organizations.h"
#include "ssprotect/kodiac/outbox.h"
#include "ssprotect/store/database.h"

#include <memory>
#include <string_view>

namespace ssprotect::kodiac {

constexpr std::size_t kMasterKeySize = 32;

struct AuthoritySettings {
    Duration sessionLength = std::chrono::hours(12);
    /// What a host may choose for a new password.
    crypto::ScryptLimits scrypt;
    /// What login.start tells about e-mails that no account has: as a usual account would.
    crypto::ScryptParameters unknownUsers;
};

/// The schema of `Authority`'s database, to open it with.
store::Schema authoritySchema();

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

    /// The operator's word (ACC-1 *disabled*): the next access is refused. `not-found`; `last-privileged` for the last
    /// Privileged User of an Organization. An Individual may always be disabled.
    Status setDisabled(std::string_view email, bool disabled);

    /// A new Organization. Its Administrator is provisioned: the text of the registration code is given, to be shown
    /// once, and mailed. `invalid-input`; `already-exists` when the name or the e-mail is taken.
    Result<crypto::SecretBytes> createOrganization(const NewOrganization& organization);

    /// All of them, by name, Individuals last.
    Result<std::vector<OrganizationOverview>> organizations();

    /// The mails that wait here, for whoever sends them. Lives no longer than this.
    Outbox outbox();

private:
    struct Inside;
    explicit Authority(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac
