#include "restore_command.h"

#include "archive_file.h"
#include "backup_content.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>
#include <ostream>

namespace ssprotect::kodiacd {
namespace {

constexpr const char* kUnpacking = "restoring"; ///< below the data folder, while it lasts
constexpr std::uint64_t kLargestConfiguration = 1 << 20;

Status requireEmpty(const Environment& environment, const DataFolder& folder) {
    auto entries = environment.files.list(folder.path);
    if (!entries)
        return entries.error().code == ErrorCode::notFound ? Status() : std::move(entries).error();
    const bool empty = std::all_of(entries->begin(), entries->end(),
                                   [](const platform::DirectoryEntry& entry) { return entry.name == kUnpacking; });
    if (empty)
        return {};
    return makeError(ErrorCode::alreadyExists,
                     "'" + platform::shownPath(folder.path) +
                         "' is not empty; move aside what is there, or restore into another folder");
}

/// All of them or `data-damaged`.
Status unpack(const Environment& environment, const platform::Path& file, const DataFolder& to) {
    if (auto removed = platform::removeTree(environment.files, to.path); !removed)
        return removed;
    if (auto made = environment.files.createDirectories(to.path); !made)
        return made;
    std::vector<std::string> known{backup::kDatabase, backup::kMasterKey};
    for (const auto& each : backup::ownFiles(to))
        known.push_back(platform::narrowPath(each.filename()));
    auto names = unpackArchive(environment.files, file, to.path, known);
    if (!names)
        return std::move(names).error();
    const std::vector<platform::Path> needed{to.path / backup::kDatabase, to.masterKey(), to.configuration(),
                                             to.caCertificate(), to.serverKey()};
    for (const auto& each : needed)
        if (!environment.files.info(each))
            return makeError(ErrorCode::dataDamaged, "the backup is not usable: '" +
                                                         platform::narrowPath(each.filename()) +
                                                         "' is missing in it; nothing was restored");
    return {};
}

Result<Configuration> unpackedConfiguration(const Environment& environment, const DataFolder& unpacked) {
    auto text = platform::readWhole(environment.files, unpacked.configuration(), kLargestConfiguration);
    if (!text)
        return std::move(text).error();
    auto configuration = parseConfiguration({reinterpret_cast<const char*>(text->data()), text->size()});
    // A master key that lay elsewhere lies in the folder from now on.
    if (configuration)
        configuration->masterKeyFile = backup::kMasterKey;
    return configuration;
}

Status placeDatabase(const Environment& environment, const platform::Path& snapshot, const DatabaseAddress& address,
                     const Configuration& configuration) {
    if (address.engine == DatabaseAddress::Engine::sqlite) {
        if (!isMissing(environment, address))
            return makeError(ErrorCode::alreadyExists,
                             "'" + platform::shownPath(address.file) + "' is there already; move it aside first");
        return store::restoreSqlite(snapshot, address.file, environment.files);
    }
    DatabaseAddress kept;
    kept.file = snapshot;
    auto from = openDatabase(environment, kept, configuration);
    if (!from)
        return std::move(from).error();
    auto to = openDatabase(environment, address, configuration);
    if (!to)
        return std::move(to).error();
    return store::transfer(**from, **to);
}

/// The configuration is last: with it the folder is whole.
Status moveUp(const Environment& environment, const DataFolder& unpacked, const DataFolder& folder,
              const Configuration& configuration) {
    std::vector<platform::Path> files = backup::ownFiles(unpacked);
    files.push_back(unpacked.masterKey());
    for (const auto& file : files) {
        if (file == unpacked.configuration() || !environment.files.info(file))
            continue;
        if (auto moved = environment.files.rename(file, folder.path / file.filename()); !moved)
            return moved;
    }
    if (auto written =
            platform::writeWhole(environment.files, folder.configuration(), viewOf(configurationText(configuration)));
        !written)
        return written;
    return platform::removeTree(environment.files, unpacked.path);
}

} // namespace

Status restoreBackup(const Environment& environment, const CommonOptions& options, const std::string& file) {
    const DataFolder folder{std::filesystem::absolute(platform::pathOfNarrow(options.data))};
    if (auto empty = requireEmpty(environment, folder); !empty)
        return empty;
    if (auto made = makePrivate(environment.files, folder); !made)
        return made;
    Place place;
    place.folder.path = folder.path / kUnpacking;
    if (auto unpacked = unpack(environment, platform::pathOfNarrow(file), place.folder); !unpacked)
        return unpacked;
    auto configuration = unpackedConfiguration(environment, place.folder);
    if (!configuration)
        return std::move(configuration).error();
    place.configuration = std::move(*configuration);
    auto database = adoptDatabase(environment, place.folder, options, place.configuration);
    if (!database)
        return std::move(database).error();
    place.database = std::move(*database);
    // What is named relative to the folder goes where the folder is going to be.
    if (!options.database && place.database.engine == DatabaseAddress::Engine::sqlite)
        place.database = std::move(parseDatabaseAddress(place.configuration.database.url, folder.path)).value();
    const auto snapshot = place.folder.path / backup::kDatabase;
    if (auto placed = placeDatabase(environment, snapshot, place.database, place.configuration); !placed)
        return placed;
    // The snapshot knows that it is one: what somebody may have used since is void once this is done.
    if (auto authority = openAuthority(environment, place); !authority)
        return std::move(authority).error();
    if (auto moved = moveUp(environment, place.folder, folder, place.configuration); !moved)
        return moved;
    environment.out << platform::narrowPath(folder.caCertificate()) << '\n';
    return {};
}

} // namespace ssprotect::kodiacd
