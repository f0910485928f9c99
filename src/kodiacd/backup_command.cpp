#include "backup_command.h"

#include "archive_file.h"
#include "backup_content.h"
#include "ssprotect/platform/beside.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

namespace ssprotect::kodiacd {
namespace {

/// Removed when it goes out of sight.
class Temporary {
public:
    Temporary(platform::FileSystem& files, platform::Path path) : files_(files), path_(std::move(path)) {}
    ~Temporary() { static_cast<void>(platform::removeTree(files_, path_)); }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    const platform::Path& path() const { return path_; }

private:
    platform::FileSystem& files_;
    platform::Path path_;
};

Status addAll(const Environment& environment, const Place& place, const platform::Path& snapshot,
              ArchiveWriter& archive) {
    if (auto added = archive.add(environment.files, snapshot, backup::kDatabase); !added)
        return added;
    const auto masterKey = pathIn(place.folder, place.configuration.masterKeyFile);
    if (auto added = archive.add(environment.files, masterKey, backup::kMasterKey); !added)
        return added;
    for (const auto& file : backup::ownFiles(place.folder)) {
        auto added = archive.add(environment.files, file, platform::narrowPath(file.filename()));
        if (!added && added.error().code != ErrorCode::notFound)
            return added;
    }
    return archive.finish();
}

Status writeArchive(const Environment& environment, const Place& place, kodiac::Authority& authority,
                    const platform::Path& file) {
    const Temporary snapshot(environment.files, platform::beside(file, ".database"));
    const Temporary partial(environment.files, platform::beside(file, ".partial"));
    for (const Temporary* old : {&snapshot, &partial})
        if (auto removed = environment.files.remove(old->path()); !removed)
            return removed;
    if (auto copied = authority.snapshot(snapshot.path()); !copied)
        return copied;
    auto archive = ArchiveWriter::create(environment.files, partial.path());
    if (!archive)
        return std::move(archive).error();
    if (auto added = addAll(environment, place, snapshot.path(), *archive); !added)
        return added;
    if (auto named = environment.files.renameNew(partial.path(), file); !named)
        return named;
    return environment.files.syncDirectory(file.parent_path());
}

} // namespace

Status makeBackup(const Environment& environment, const CommonOptions& options, const std::string& file) {
    auto place = readPlace(environment, options);
    if (!place)
        return std::move(place).error();
    const auto target = std::filesystem::absolute(platform::pathOfNarrow(file));
    if (environment.files.info(target))
        return makeError(ErrorCode::alreadyExists,
                         "'" + platform::shownPath(target) + "' is there already; give each backup a name of its own");
    auto authority = openAuthority(environment, *place);
    if (!authority)
        return std::move(authority).error();
    if (auto written = writeArchive(environment, *place, **authority, target); !written)
        return written;
    return (*authority)->recordOperatorAct("backup");
}

} // namespace ssprotect::kodiacd
