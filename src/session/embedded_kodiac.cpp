#include "ssprotect/session/embedded_kodiac.h"

#include "durable_folder.h"
#include "kodiac_folder.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/platform/secret_file.h"
#include "ssprotect/store/database.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

/// The master key, made with the folder. Never made again beside a database: it would open nothing there.
Result<crypto::SecretBytes> masterKey(const Environment& environment, const HomeLayout& layout) {
    const platform::Path file = layout.kodiacFolder() / kMasterKey;
    auto kept = platform::readSecretFile(environment.files, file, kMasterKeyFileLimit);
    if (kept)
        return crypto::SecretBytes::copyOf(*kept);
    if (kept.error().code != ErrorCode::notFound)
        return std::move(kept).error();
    if (environment.files.info(layout.kodiacFolder() / kKodiacDatabase))
        return makeError(
            ErrorCode::dataDamaged,
            "the master key of the embedded KODiAC is gone; restore a backup ('ssprotect restore-backup')");
    crypto::SecretBytes made(kodiac::kMasterKeySize);
    environment.random.fill(made.bytes());
    if (auto written = platform::writeSecretFile(environment.files, file, made); !written)
        return std::move(written).error();
    return made;
}

kodiac::AuthoritySettings settingsFor(const crypto::ScryptParameters& newPassword) {
    kodiac::AuthoritySettings settings;
    settings.scrypt.leastN = std::min(settings.scrypt.leastN, newPassword.n);
    settings.unknownUsers = newPassword;
    return settings;
}

} // namespace

struct EmbeddedKodiac::Inside {
    Inside(const Environment& environment_, HomeLayout layout_, std::unique_ptr<kodiac::Authority> authority_)
        : environment(environment_), layout(std::move(layout_)), authority(std::move(authority_)) {}
    Environment environment;
    HomeLayout layout;
    std::unique_ptr<kodiac::Authority> authority;
};

EmbeddedKodiac::EmbeddedKodiac(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
EmbeddedKodiac::~EmbeddedKodiac() = default;

Result<std::unique_ptr<EmbeddedKodiac>> EmbeddedKodiac::open(const Environment& environment, const HomeLayout& layout,
                                                             const crypto::ScryptParameters& newPassword) {
    if (auto settled = settleRestore(environment, layout); !settled)
        return std::move(settled).error();
    if (auto made = makeDurableFolder(environment.files, layout.kodiacFolder()); !made)
        return std::move(made).error();
    clearLeftovers(environment.files, layout.kodiacFolder());
    auto key = masterKey(environment, layout);
    if (!key)
        return std::move(key).error();
    store::Options options;
    options.schema = kodiac::authoritySchema();
    options.label = "the embedded KODiAC";
    auto database = store::Database::openSqlite(layout.kodiacFolder() / kKodiacDatabase, environment.files,
                                                environment.clock, std::move(options));
    if (!database)
        return std::move(database).error();
    auto authority =
        kodiac::Authority::open(std::move(*database), environment.random, std::move(*key), settingsFor(newPassword));
    if (!authority)
        return std::move(authority).error();
    return std::unique_ptr<EmbeddedKodiac>(
        new EmbeddedKodiac(std::make_unique<Inside>(environment, layout, std::move(*authority))));
}

Result<kodiac::Reply> EmbeddedKodiac::perform(const kodiac::Call& call) { return inside_->authority->perform(call); }

crypto::Sha256Digest EmbeddedKodiac::channelBinding() const { return inside_->authority->channelBinding(); }

Status EmbeddedKodiac::snapshotTo(const platform::Path& folder) {
    auto key = platform::readSecretFile(inside_->environment.files, inside_->layout.kodiacFolder() / kMasterKey,
                                        kMasterKeyFileLimit);
    if (!key)
        return std::move(key).error();
    if (auto copied = inside_->authority->snapshot(folder / kKodiacDatabase); !copied)
        return copied;
    return platform::writeSecretFile(inside_->environment.files, folder / kMasterKey, *key);
}

} // namespace ssprotect::session
