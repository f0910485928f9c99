#include "backup_archive.h"
#include "host_accounts.h"
#include "host_secrets.h"
#include "kodiac_folder.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/session/backup.h"
#include "ssprotect/session/profiles.h"
#include "ssprotect/store/database.h"

namespace ssprotect::session {
namespace {

/// A restored database that does not hold is told before it takes anything's place.
Status checkRestored(const Environment& environment, const platform::Path& folder) {
    store::Options options;
    options.schema = kodiac::authoritySchema();
    options.label = "the KODiAC of the backup";
    auto database =
        store::Database::openSqlite(folder / kKodiacDatabase, environment.files, environment.clock, std::move(options));
    if (!database)
        return std::move(database).error();
    return (*database)->check();
}

Result<TimePoint> unpack(const Environment& environment, const HomeLayout& layout, const platform::Path& file,
                         const ExportedKeys& keys) {
    const platform::Path folder = restoringFolder(layout);
    if (auto made = environment.files.createDirectories(folder); !made)
        return std::move(made).error();
    auto archive = environment.files.open(file, platform::Access::read);
    if (!archive)
        return std::move(archive).error();
    auto created = unpackBackup(environment, **archive, keys, folder);
    if (!created)
        return created;
    if (auto whole = checkRestored(environment, folder); !whole)
        return std::move(whole).error();
    if (auto durable = environment.files.syncDirectory(folder); !durable)
        return std::move(durable).error();
    return created;
}

/// What the host must hold for true again, so that the account can log in as it was then.
Status rememberAccount(HostDatabase& database, const Environment& environment, const ExportedKeys& keys) {
    const HostSecrets secrets(environment, database.layout());
    if (auto kept = secrets.keepDeviceSecret(keys.account, keys.deviceSecret); !kept)
        return kept;
    HostAccounts accounts(database);
    if (auto kept = accounts.keep({keys.account, {keys.organization, keys.root}, keys.email, 0}); !kept)
        return kept;
    // The vaults are those of the backup now, older ones on purpose.
    if (auto forgotten = accounts.forgetGenerations(); !forgotten)
        return forgotten;
    auto profile = Profiles(database).loggedIn(keys.email, {}, keys.account, keys.organization);
    return profile ? Status{} : Status(profile.error());
}

} // namespace

Result<RestoredBackup> restoreBackup(HostDatabase& database, const Environment& environment, const platform::Path& file,
                                     const platform::Path& keysFile, ByteView passphrase,
                                     const crypto::ScryptLimits& limits) {
    const HomeLayout& layout = database.layout();
    auto keys = readKeysFile(environment.files, keysFile, passphrase, limits);
    if (!keys)
        return std::move(keys).error();
    if (auto settled = settleRestore(environment, layout); !settled)
        return std::move(settled).error();
    auto created = unpack(environment, layout, file, *keys);
    if (!created) {
        static_cast<void>(platform::removeTree(environment.files, restoringFolder(layout)));
        return std::move(created).error();
    }
    if (auto remembered = rememberAccount(database, environment, *keys); !remembered)
        return std::move(remembered).error();
    if (auto whole = environment.files.renameNew(restoringFolder(layout), restoredFolder(layout)); !whole)
        return std::move(whole).error();
    if (auto durable = environment.files.syncDirectory(layout.home); !durable)
        return std::move(durable).error();
    auto aside = settleRestore(environment, layout);
    if (!aside)
        return std::move(aside).error();
    return RestoredBackup{keys->email, *created, std::move(*aside)};
}

} // namespace ssprotect::session
