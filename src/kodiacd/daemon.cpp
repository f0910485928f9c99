#include "daemon.h"

#include "certificates.h"
#include "key_files.h"
#include "mail_setup.h"

#include <spdlog/logger.h>

namespace ssprotect::kodiacd {
namespace {

constexpr Duration kBetweenLooksAtCertificates = std::chrono::hours(24);

kodiac::http::ServerSettings serverSettings(const Configuration& configuration, const ListenAddress& listen) {
    kodiac::http::ServerSettings settings;
    settings.address = listen.address;
    settings.port = listen.port;
    settings.ioThreads = static_cast<int>(configuration.networkThreads);
    settings.workers = static_cast<int>(configuration.workers);
    settings.eventInterval = configuration.newsInterval;
    settings.limits = configuration.limits;
    return settings;
}

void warnWhenDue(const Environment& environment, std::string_view which, const std::string& certificate) {
    const auto facts = crypto::readCertificate(certificate);
    if (facts && crypto::renewalDue(*facts, environment.clock.now()))
        environment.log->warn("a certificate should be renewed which={} until={}", which, toIso8601(facts->until));
}

} // namespace

Daemon::Daemon(const Environment& environment, DataFolder folder)
    : environment_(environment), folder_(std::move(folder)) {}

Daemon::~Daemon() = default;

Result<std::unique_ptr<Daemon>> Daemon::start(const Environment& environment, const Place& place) {
    std::unique_ptr<Daemon> daemon(new Daemon(environment, place.folder));
    auto authority = openAuthority(environment, place);
    if (!authority)
        return std::move(authority).error();
    daemon->authority_ = std::move(*authority);
    if (auto started = daemon->startMail(place); !started)
        return std::move(started).error();
    if (auto started = daemon->startServer(place.configuration); !started)
        return std::move(started).error();
    daemon->upkeep_ =
        std::make_unique<Upkeep>([each = daemon.get()] { each->lookAfter(); }, place.configuration.tidyInterval);
    return daemon;
}

Status Daemon::startServer(const Configuration& configuration) {
    auto listen = parseListenAddress(configuration.listen);
    if (!listen)
        return std::move(listen).error();
    auto certificate = readCertifiedKey(environment_.files, folder_.serverKey());
    if (!certificate)
        return std::move(certificate).error();
    auto next = announcedAuthority(environment_, folder_);
    if (!next)
        return std::move(next).error();
    kodiac::Authority& authority = *authority_;
    auto server = kodiac::http::Server::start(serverSettings(configuration, *listen), *certificate,
                                              {authority, environment_.clock, *environment_.log,
                                               [&authority] { return authority.health(); },
                                               [&authority] { return authority.newestEvent(); }});
    if (!server)
        return std::move(server).error();
    server_ = std::move(*server);
    server_->setNextAuthority(std::move(*next));
    address_ = listen->address.find(':') == std::string::npos ? listen->address : "[" + listen->address + "]";
    return {};
}

Status Daemon::startMail(const Place& place) {
    const auto settings = mailSettings(place);
    if (!settings) {
        environment_.log->warn("mail is not set up: mails wait");
        return {};
    }
    auto worker = kodiac::mail::startMailService(*settings, authority_->outbox(), environment_.files,
                                                 environment_.clock, environment_.log);
    if (!worker)
        return std::move(worker).error();
    mail_ = std::move(*worker);
    return {};
}

Status Daemon::reloadCertificates() {
    auto certificate = readCertifiedKey(environment_.files, folder_.serverKey());
    if (!certificate)
        return std::move(certificate).error();
    auto next = announcedAuthority(environment_, folder_);
    if (!next)
        return std::move(next).error();
    if (auto loaded = server_->reload(*certificate); !loaded)
        return loaded;
    server_->setNextAuthority(std::move(*next));
    return {};
}

void Daemon::lookAfter() {
    lookAtCertificates();
    const auto tidied = authority_->tidy();
    if (!tidied)
        environment_.log->warn("tidying failed error={}", tidied.error().word());
    else if (tidied->all() != 0)
        environment_.log->info("tidied nonces={} login_delays={} host_requests={} hosts={} sessions={} events={}",
                               tidied->nonces, tidied->loginDelays, tidied->hostRequests, tidied->hosts,
                               tidied->sessions, tidied->events);
}

void Daemon::lookAtCertificates() {
    const TimePoint now = environment_.clock.now();
    if (now - certificatesLookedAt_ < kBetweenLooksAtCertificates)
        return;
    certificatesLookedAt_ = now;
    auto server = readCertifiedKey(environment_.files, folder_.serverKey());
    if (server)
        warnWhenDue(environment_, "server", server->certificate);
    auto authority = readCertificateFile(environment_.files, folder_.caCertificate());
    if (authority)
        warnWhenDue(environment_, "ca", *authority);
}

} // namespace ssprotect::kodiacd
