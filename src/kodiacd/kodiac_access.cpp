#include "kodiac_access.h"

#include "key_files.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/secret_file.h"
#include "ssprotect/platform/shown_path.h"

namespace ssprotect::kodiacd {
namespace {

constexpr std::uint64_t kLargestConfiguration = 1 << 20;

Result<Configuration> readConfiguration(const Environment& environment, const DataFolder& folder) {
    auto text = platform::readWhole(environment.files, folder.configuration(), kLargestConfiguration);
    if (!text && text.error().code == ErrorCode::notFound)
        return makeError(ErrorCode::notFound, "there is no KODiAC in '" + platform::shownPath(folder.path) +
                                                  "'; make one with 'kodiacd init --data FOLDER'");
    if (!text)
        return std::move(text).error();
    return parseConfiguration({reinterpret_cast<const char*>(text->data()), text->size()});
}

// The configured password belongs to the configured database, which `--database` may name too; another one brings
// its own.
Result<DatabaseAddress> chosenDatabase(const Environment& environment, const DataFolder& folder,
                                       const Configuration& configuration, const std::optional<std::string>& option) {
    if (!option)
        return configuredDatabase(environment, folder, configuration);
    auto address = parseDatabaseAddress(*option, std::filesystem::current_path());
    if (address && address->password.empty() && address->text() == configuration.database.url)
        return configuredDatabase(environment, folder, configuration);
    return address;
}

kodiac::AuthoritySettings settingsFrom(const Configuration& configuration, bool mayBegin) {
    kodiac::AuthoritySettings settings;
    settings.mayBegin = mayBegin;
    settings.sessionLength = configuration.accounts.sessionLength;
    settings.registrationCodeLife = configuration.accounts.registrationCodeLife;
    settings.individuals = configuration.accounts.individuals;
    return settings;
}

} // namespace

Result<DatabaseAddress> configuredDatabase(const Environment& environment, const DataFolder& folder,
                                           const Configuration& configuration) {
    auto address = parseDatabaseAddress(configuration.database.url, folder.path);
    if (!address)
        return address;
    if (!address->password.empty())
        return makeError(ErrorCode::invalidInput,
                         "the configuration is not usable: 'database.url' holds a password; write it into a file for "
                         "the owner only (0600) and name that in 'database.password_file'");
    if (configuration.database.passwordFile.empty())
        return address;
    auto password = readPassword(environment.files, pathIn(folder, configuration.database.passwordFile));
    if (!password)
        return std::move(password).error();
    address->password = std::move(*password);
    return address;
}

Result<DatabaseAddress> adoptDatabase(const Environment& environment, const DataFolder& folder,
                                      const CommonOptions& options, Configuration& configuration) {
    if (!options.database)
        return configuredDatabase(environment, folder, configuration);
    auto address = parseDatabaseAddress(*options.database, std::filesystem::current_path());
    if (!address)
        return address;
    configuration.database.url = address->text();
    configuration.database.passwordFile.clear();
    if (address->password.empty())
        return address;
    if (auto kept = platform::writeSecretFile(environment.files, folder.databasePassword(), address->password); !kept)
        return std::move(kept).error();
    configuration.database.passwordFile = platform::narrowPath(folder.databasePassword().filename());
    return address;
}

bool isMissing(const Environment& environment, const DatabaseAddress& address) {
    return address.engine == DatabaseAddress::Engine::sqlite && !environment.files.info(address.file);
}

Result<Place> readPlace(const Environment& environment, const CommonOptions& options) {
    Place place;
    place.folder.path = std::filesystem::absolute(platform::pathOfNarrow(options.data));
    auto configuration = readConfiguration(environment, place.folder);
    if (!configuration)
        return std::move(configuration).error();
    place.configuration = std::move(*configuration);
    auto database = chosenDatabase(environment, place.folder, place.configuration, options.database);
    if (!database)
        return std::move(database).error();
    place.database = std::move(*database);
    place.mayBegin = options.database.has_value();
    return place;
}

platform::Path pathIn(const DataFolder& folder, const std::string& name) {
    return folder.path / platform::pathOfNarrow(name);
}

Result<std::unique_ptr<store::Database>> openDatabase(const Environment& environment, const DatabaseAddress& address,
                                                      const Configuration& configuration) {
    store::Options options;
    options.schema = kodiac::authoritySchema();
    options.label = "KODiAC's database";
    options.patience = configuration.database.patience;
    options.connections = configuration.database.connections;
    options.longestStatement = configuration.database.longestStatement;
    if (address.engine == DatabaseAddress::Engine::sqlite)
        return store::Database::openSqlite(address.file, environment.files, environment.clock, std::move(options));
    return store::Database::openPostgres(address.urlWithPassword(), environment.files, environment.clock,
                                         std::move(options));
}

Result<crypto::SecretBytes> readMasterKey(const Environment& environment, const platform::Path& file) {
    auto key = platform::readSecretFile(environment.files, file, kodiac::kMasterKeySize);
    if (!key)
        return std::move(key).error();
    if (key->size() != kodiac::kMasterKeySize)
        return makeError(ErrorCode::dataDamaged, "the master key in '" + platform::shownPath(file) +
                                                     "' does not have 32 bytes; restore it from a backup");
    return crypto::SecretBytes::copyOf(*key);
}

Result<std::unique_ptr<kodiac::Authority>> openAuthority(const Environment& environment, const Place& place) {
    auto key = readMasterKey(environment, pathIn(place.folder, place.configuration.masterKeyFile));
    if (!key)
        return std::move(key).error();
    if (!place.mayBegin && isMissing(environment, place.database))
        return makeError(ErrorCode::notFound,
                         "KODiAC's database is gone; restore a backup with 'kodiacd restore' into an empty folder");
    auto database = openDatabase(environment, place.database, place.configuration);
    if (!database)
        return std::move(database).error();
    auto authority = kodiac::Authority::open(std::move(*database), environment.random, std::move(*key),
                                             settingsFrom(place.configuration, place.mayBegin));
    if (!authority && authority.error().code == ErrorCode::integrity)
        return makeError(
            ErrorCode::integrity,
            "the master key is not the one that this database was made with; each daemon of a KODiAC needs "
            "the same master key file (docs/operations.md)");
    return authority;
}

Result<std::unique_ptr<kodiac::Authority>> openAuthority(const Environment& environment, const CommonOptions& options) {
    auto place = readPlace(environment, options);
    if (!place)
        return std::move(place).error();
    return openAuthority(environment, *place);
}

} // namespace ssprotect::kodiacd
