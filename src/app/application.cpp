#include "ssprotect/app/application.h"

#include "account_methods.h"
#include "backup_methods.h"
#include "beholder.h"
#include "conversion_methods.h"
#include "describe.h"
#include "doctor.h"
#include "ending.h"
#include "expiry_watch.h"
#include "file_methods.h"
#include "host_methods.h"
#include "lock_announcer.h"
#include "managed_announcer.h"
#include "notices.h"
#include "open_methods.h"
#include "organization_methods.h"
#include "params.h"
#include "profile_methods.h"
#include "recovery.h"
#include "report_methods.h"
#include "session_announcer.h"
#include "shell_methods.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"
#include "user_methods.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::size_t kMostWorkers = 64;
constexpr std::uint64_t kProtocol = 1;

/// Clients of the KODiACs elsewhere.
session::ServerDirectory::Opener remoteOpener(const Clock& clock) {
    return [&clock](const session::ServerSet& servers) -> Result<session::ServerDirectory::Remote> {
        auto made = kodiac::http::RemoteKodiac::make({servers.urls, servers.pins, {}}, clock);
        if (!made)
            return std::move(made).error();
        std::shared_ptr<kodiac::http::RemoteKodiac> remote(std::move(*made));
        return session::ServerDirectory::Remote{remote, [remote] { return remote->nextPin(); },
                                                [remote] { remote->cancel(); }};
    };
}

session::Environment environmentOf(const Outside& outside) {
    return {outside.clock, outside.random, outside.files, outside.log};
}

} // namespace

/// Everything of one home, in the order in which it can be built.
class Application::Inside {
public:
    Inside(const Outside& outside, Settings settings, std::unique_ptr<session::HostDatabase> host)
        : outside_(outside), settings_(std::move(settings)), host_(std::move(host)),
          journal_(outside.files, settings_.home / "journal", outside.random), kodiac_([this] {
              return session::EmbeddedKodiac::open(environmentOf(outside_), host_->layout(), settings_.newPassword);
          }),
          codes_(settings_.secondFactor, settings_.patience, [this] { return events_.windows(); }), profiles_(*host_),
          backups_(*host_, environmentOf(outside), kodiac_),
          sessions_(kodiacs_, *host_, environmentOf(outside),
                    {settings_.hostName, settings_.newPassword, settings_.passwordLimits,
                     [this](const session::CodeQuestion& question) { return codes_.ask(question); }}),
          desk_(outside_, *host_, sessions_, journal_), announcer_(*host_, environmentOf(outside), profiles_),
          managed_(std::make_unique<managed::ManagedAccess>(
              managed::Parts{outside.files, outside.processes, outside.applications, outside.watch, outside.clock,
                             outside.random, outside.log, announcer_, [this] { return access(); }, programCheck()},
              managedSettings())),
          acknowledger_(settings_.secondFactor, settings_.patience, [this] { return events_.windows(); }),
          workers_(kMostWorkers),
          methods_(
              workers_, [this] { return hasSession(); },
              [this](std::string_view method, const std::shared_ptr<Client>& client,
                     const std::function<void()>& handler) {
                  const CodeAsker::OnErrand working(codes_, std::make_shared<CodeErrand>(client, std::string(method)));
                  handler();
              }) {}

    /// First everything ends that runs on threads, then nothing calls anything any more.
    ~Inside() {
        expiry_.stop();
        acknowledger_.stop();
        codes_.stop();
        conversions_.cancelAll();
        workers_.stop();
        managed_.reset();
        kodiacs_.cancel();
        locks_.stop();
        locks_.removeListener(lockAnnouncer_);
        sessions_.removeListener(sessionAnnouncer_);
        sessions_.removeListener(backups_);
    }

    Status start();

    MethodTable& methods() { return methods_; }
    const Settings& settings() const { return settings_; }
    Events& events() { return events_; }
    void clientGone(const Client& client) {
        conversions_.clientGone(client);
        shell_.clientGone(client);
    }
    Ending& ending() { return ending_; }

private:
    managed::Settings managedSettings() const {
        managed::Settings settings;
        settings.home = settings_.home;
        settings.runtimeFolder = settings_.runtimeFolder;
        settings.boot = settings_.boot;
        return settings;
    }
    Result<managed::Access> access();
    std::function<Status(const platform::Path&)> programCheck();
    Status hasSession();
    void connectAnnouncements();
    void addMethods();
    Result<Json> hello(Invocation& invocation);

    const Outside outside_;
    const Settings settings_;
    std::unique_ptr<session::HostDatabase> host_;
    conversion::Journal journal_;
    KodiacSlot kodiac_;
    CodeAsker codes_;
    session::Profiles profiles_;
    session::Backups backups_;
    session::ServerDirectory kodiacs_{kodiac_, remoteOpener(outside_.clock)};
    session::SessionManager sessions_;
    session::LockKeeper locks_{sessions_, environmentOf(outside_)};
    SessionDesk desk_;
    Events events_;
    SessionAnnouncer sessionAnnouncer_{events_};
    LockAnnouncer lockAnnouncer_{events_};
    ManagedAnnouncer announcer_;
    std::unique_ptr<managed::ManagedAccess> managed_;
    Acknowledger acknowledger_;
    Workers workers_;
    Rooms rooms_{outside_, settings_, *host_,        kodiac_, sessions_, profiles_, backups_, journal_,
                 desk_,    *managed_, acknowledger_, codes_,  events_,   workers_,  locks_};
    Recovery recovery_{rooms_};
    AccountMethods accounts_{rooms_, recovery_};
    ProfileMethods profileMethods_{rooms_};
    BackupMethods backupMethods_{rooms_};
    FileMethods files_{rooms_};
    HostMethods hosts_{rooms_, accounts_};
    UserMethods users_{rooms_};
    OrganizationMethods organization_{rooms_};
    ReportMethods reports_{rooms_};
    ConversionMethods conversions_{rooms_};
    OpenMethods opens_{rooms_};
    ShellMethods shell_{rooms_, methods_};
    Doctor doctor_{rooms_, recovery_};
    Ending ending_{rooms_, conversions_};
    ExpiryWatch expiry_{sessions_};
    MethodTable methods_;
};

Status Application::Inside::start() {
    if (auto prepared = journal_.prepare(); !prepared)
        return prepared;
    if (auto opened = kodiac_.open(); !opened)
        return opened;
    connectAnnouncements();
    addMethods();
    publishViewer(rooms_);
    recovery_.atStart();
    expiry_.start();
    locks_.start();
    return {};
}

std::function<Status(const platform::Path&)> Application::Inside::programCheck() {
    if (!outside_.checkProgram)
        return {};
    return [this](const platform::Path& program) {
        // Without a session, or when KODiAC does not say, the account has no such permission.
        const auto work = desk_.current();
        const auto account = work ? work->account() : Result<kodiac::ShowAccount::Response>(Error{});
        return outside_.checkProgram(program, account && account->unsignedApps);
    };
}

Result<managed::Access> Application::Inside::access() {
    auto work = desk_.require();
    if (!work)
        return std::move(work).error();
    // The converter is a part of the work, which therefore stays as long as somebody holds the converter.
    return managed::Access{(*work)->sharedSession(),
                           std::shared_ptr<conversion::Converter>(*work, &(*work)->converter()),
                           (*work)->session().info().email, [work = *work] { work->recover(); },
                           [work = *work] {
                               const auto account = work->account();
                               return account && account->keepVersionWhenUnchanged;
                           }};
}

Status Application::Inside::hasSession() {
    auto session = sessions_.require();
    return session ? Status{} : Status{std::move(session).error()};
}

void Application::Inside::connectAnnouncements() {
    sessions_.addListener(sessionAnnouncer_);
    sessions_.addListener(backups_);
    locks_.addListener(lockAnnouncer_);
    announcer_.listChanged = [this] { events_.tell("opened.changed", openedJson(managed_->opened())); };
    announcer_.documentPending = [this](const auto& document) { events_.tell("notice", pendingNotice(document)); };
    announcer_.documentClosed = [this](const auto& closed) {
        events_.tell("notice", closedNotice(closed));
        events_.tell("files.changed", {{"paths", {ipc::pathToText(closed.path)}}});
        ending_.documentClosed();
    };
}

void Application::Inside::addMethods() {
    methods_.add("hello", MethodTable::Needs::nothing, [this](Invocation& call) { return hello(call); });
    accounts_.addTo(methods_);
    profileMethods_.addTo(methods_);
    backupMethods_.addTo(methods_);
    files_.addTo(methods_);
    hosts_.addTo(methods_);
    users_.addTo(methods_);
    organization_.addTo(methods_);
    reports_.addTo(methods_);
    conversions_.addTo(methods_);
    opens_.addTo(methods_);
    shell_.addTo(methods_);
    doctor_.addTo(methods_);
    ending_.addTo(methods_);
}

Result<Json> Application::Inside::hello(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto protocol = fields.number("protocol");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (protocol != kProtocol)
        return makeError(ErrorCode::refused, "the tray process speaks protocol 1, not " + std::to_string(protocol) +
                                                 "; use the programs of one version together");
    return Json{{"version", settings_.version},
                {"protocol", kProtocol},
                {"headless", settings_.headless},
                {"second_factor", std::string(secondFactorWord(settings_.secondFactor))}};
}

Application::Application(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::start(const Outside& outside, Settings settings) {
    auto host = session::HostDatabase::open(environmentOf(outside), {settings.home});
    if (!host)
        return std::move(host).error();
    auto inside = std::make_unique<Inside>(outside, std::move(settings), std::move(*host));
    if (auto started = inside->start(); !started)
        return std::move(started).error();
    return std::unique_ptr<Application>(new Application(std::move(inside)));
}

MethodTable& Application::methods() { return inside_->methods(); }
const Settings& Application::settings() const { return inside_->settings(); }
void Application::subscribe(const std::weak_ptr<Client>& client) { inside_->events().subscribe(client); }
void Application::clientGone(const Client& client) { inside_->clientGone(client); }
void Application::whenEnded(std::function<void()> ended) { inside_->ending().whenEnded(std::move(ended)); }
void Application::close(ClosePolicy policy, Duration deadline) { inside_->ending().close(policy, deadline); }

} // namespace ssprotect::app
