#include "init_command.h"

#include "certificates.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/secret_file.h"
#include "ssprotect/platform/shown_path.h"

#include <ostream>

namespace ssprotect::kodiacd {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

bool exists(const Environment& environment, const platform::Path& file) { return environment.files.info(file).ok(); }

Status makeMasterKey(const Environment& environment, const platform::Path& file) {
    if (exists(environment, file)) {
        auto kept = readMasterKey(environment, file);
        return kept ? Status() : std::move(kept).error();
    }
    crypto::SecretBytes key(kodiac::kMasterKeySize);
    environment.random.fill(key.bytes());
    return platform::writeSecretFile(environment.files, file, key);
}

/// An IPv6 address stands in brackets in an URL.
std::string urlOf(const std::string& host, std::uint16_t port) {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return "https://" + name + (port == kHttpsPort ? "" : ":" + std::to_string(port));
}

/// Fit for the right side of an e-mail address; else mails come from `localhost` until somebody says better.
std::string mailNameOf(const std::string& host) {
    const bool address = host.find_first_not_of("0123456789.") == std::string::npos;
    return !address && kodiac::checkEmail("kodiac@" + host) ? host : "localhost";
}

/// What the configuration says of this server unless somebody changes it.
Status describeServer(Configuration& configuration, const std::vector<std::string>& names) {
    auto listen = parseListenAddress(configuration.listen);
    if (!listen)
        return std::move(listen).error();
    configuration.serverUrls = {urlOf(names.front(), listen->port)};
    configuration.mail.serverName = mailNameOf(names.front());
    configuration.mail.from = "kodiac@" + configuration.mail.serverName;
    return {};
}

Status makeDatabase(const Environment& environment, Place place) {
    place.mayBegin = true;
    auto authority = openAuthority(environment, place);
    if (authority)
        return {};
    if (authority.error().code != ErrorCode::integrity)
        return std::move(authority).error();
    return makeError(ErrorCode::alreadyExists,
                     "the database holds a KODiAC with another master key; for a further daemon of it copy the data "
                     "folder of the first (docs/operations.md)");
}

Status makeAll(const Environment& environment, const InitOptions& options, Place& place) {
    const auto names = serverNames(options.hosts);
    Configuration& configuration = place.configuration;
    if (options.listen)
        configuration.listen = *options.listen;
    configuration.accounts.individuals = options.individuals;
    if (options.masterKey)
        configuration.masterKeyFile =
            platform::narrowPath(std::filesystem::absolute(platform::pathOfNarrow(*options.masterKey)));
    if (auto described = describeServer(configuration, names); !described)
        return described;
    if (auto made = makePrivate(environment.files, place.folder); !made)
        return made;
    if (auto made = makeMasterKey(environment, pathIn(place.folder, configuration.masterKeyFile)); !made)
        return made;
    if (auto made = makeAuthorityFiles(environment, place.folder); !made)
        return made;
    if (auto made = renewServerCertificate(environment, place.folder, names); !made)
        return made;
    auto database = adoptDatabase(environment, place.folder, options.common, configuration);
    if (!database)
        return std::move(database).error();
    place.database = std::move(*database);
    return {};
}

Status renewOnly(const Environment& environment, const InitOptions& options) {
    auto place = readPlace(environment, options.common);
    if (!place)
        return std::move(place).error();
    auto names = presentServerNames(environment, place->folder);
    if (!names && names.error().code != ErrorCode::notFound)
        return std::move(names).error();
    const bool keep = options.hosts.empty() && names;
    if (auto renewed = renewServerCertificate(environment, place->folder, keep ? *names : serverNames(options.hosts));
        !renewed)
        return renewed;
    auto authority = openAuthority(environment, *place);
    if (!authority)
        return std::move(authority).error();
    return (*authority)->recordOperatorAct("renew-certificate");
}

} // namespace

Status initialize(const Environment& environment, const InitOptions& options) {
    const DataFolder folder{std::filesystem::absolute(platform::pathOfNarrow(options.common.data))};
    if (options.renewCertificate) {
        if (auto renewed = renewOnly(environment, options); !renewed)
            return renewed;
        environment.out << platform::narrowPath(folder.caCertificate()) << '\n';
        return {};
    }
    if (exists(environment, folder.configuration()))
        return makeError(ErrorCode::alreadyExists,
                         "'" + platform::shownPath(folder.path) +
                             "' holds a KODiAC already; 'kodiacd init --renew-certificate' makes a new server "
                             "certificate there, 'kodiacd serve' serves it");
    Place place;
    place.folder = folder;
    if (auto made = makeAll(environment, options, place); !made)
        return made;
    const std::string text = configurationText(place.configuration);
    if (auto made = makeDatabase(environment, std::move(place)); !made)
        return made;
    if (auto written = platform::writeWhole(environment.files, folder.configuration(), viewOf(text)); !written)
        return written;
    environment.out << platform::narrowPath(folder.caCertificate()) << '\n';
    return {};
}

} // namespace ssprotect::kodiacd
