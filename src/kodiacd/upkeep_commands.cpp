#include "upkeep_commands.h"

#include "certificates.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <functional>
#include <ostream>

namespace ssprotect::kodiacd {
namespace {

using Step = std::function<Status(const Environment&, const DataFolder&)>;

/// The database must answer before, so that the act is audited.
Status auditedStep(const Environment& environment, const CommonOptions& options, const Step& step, const char* act,
                   platform::Path (DataFolder::*shown)() const) {
    auto place = readPlace(environment, options);
    if (!place)
        return std::move(place).error();
    auto authority = openAuthority(environment, *place);
    if (!authority)
        return std::move(authority).error();
    if (auto done = step(environment, place->folder); !done)
        return done;
    environment.out << platform::narrowPath((place->folder.*shown)()) << '\n';
    return (*authority)->recordOperatorAct(act);
}

Result<DatabaseAddress> sourceOf(const Environment& environment, const CommonOptions& options,
                                 const std::string& from) {
    if (!from.empty())
        return parseDatabaseAddress(from, std::filesystem::current_path());
    auto place = readPlace(environment, options);
    if (!place)
        return std::move(place).error();
    return std::move(place->database);
}

} // namespace

Status verify(const Environment& environment, const CommonOptions& options) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    auto faults = (*authority)->verify();
    if (!faults)
        return std::move(faults).error();
    for (const auto& fault : *faults)
        environment.out << fault << '\n';
    if (!faults->empty())
        return makeError(ErrorCode::dataDamaged, "the database is not sound; keep it as it is, and restore a backup "
                                                 "into another folder to compare");
    environment.out << "the database is sound\n";
    return (*authority)->recordOperatorAct("verify");
}

Status migrate(const Environment& environment, const CommonOptions& options, const std::string& from,
               const std::string& to) {
    auto source = sourceOf(environment, options, from);
    if (!source)
        return std::move(source).error();
    auto target = parseDatabaseAddress(to, std::filesystem::current_path());
    if (!target)
        return std::move(target).error();
    if (isMissing(environment, *source))
        return makeError(ErrorCode::notFound,
                         "there is no database at '" + platform::shownPath(source->file) + "' to migrate from");
    auto old = openDatabase(environment, *source, {});
    if (!old)
        return std::move(old).error();
    auto next = openDatabase(environment, *target, {});
    if (!next)
        return std::move(next).error();
    if (auto moved = store::transfer(**old, **next); !moved)
        return moved;
    if (auto recorded = kodiac::recordOperatorAct(**next, "migrate"); !recorded)
        return recorded;
    environment.out << "migrated; name the new database in 'database.url' of kodiacd.json, or with --database\n";
    return {};
}

Status announceAuthority(const Environment& environment, const CommonOptions& options) {
    return auditedStep(environment, options, announceNextAuthority, "announce-ca", &DataFolder::nextCaCertificate);
}

Status changeAuthority(const Environment& environment, const CommonOptions& options) {
    return auditedStep(environment, options, switchAuthority, "switch-ca", &DataFolder::caCertificate);
}

} // namespace ssprotect::kodiacd
