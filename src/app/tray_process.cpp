#include "ssprotect/app/tray_process.h"

#include "shell_changes_teller.h"
#include "ssprotect/app/pipe_service.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/platform/application_association.h"
#include "ssprotect/platform/boot.h"
#include "ssprotect/platform/code_signature.h"
#include "ssprotect/platform/runtime_folder.h"

#include <cstdlib>

#include <boost/asio/ip/host_name.hpp>
#include <spdlog/logger.h>

namespace ssprotect::app {
namespace {

constexpr Duration kFlushTime{500};

std::string hostName() {
    boost::system::error_code error;
    auto name = boost::asio::ip::host_name(error);
    return error || name.empty() ? "unnamed host" : name;
}

class Process final : public TrayProcess {
public:
    Process(const ipc::Endpoint& endpoint, ipc::InstanceLock lock, const Options& options)
        : endpoint_(endpoint), lock_(std::move(lock)), processes_(platform::makeSystemProcesses(options.userDefaults)) {
    }
    ~Process() override {
        if (pipe_ != nullptr)
            pipe_->stop(kFlushTime);
        log_->flush();
    }

    Status start(const Options& options) {
        const auto logs = endpoint_.home() / "logs";
        if (auto made = files_->createDirectories(logs); !made)
            return made;
        log_ = makeFileLog(logs / "tray.log", std::getenv("SSPROTECT_DEBUG") != nullptr);
        log_->info("version {} starts{}", options.version, options.headless ? ", headless" : "");

        Settings settings;
        settings.home = endpoint_.home();
        settings.runtimeFolder = platform::runtimeFolder().value_or(platform::Path{});
        settings.boot = platform::bootIdentity();
        settings.hostName = hostName();
        settings.version = options.version;
        settings.headless = options.headless;
        settings.secondFactor = options.secondFactor;
        Outside outside{clock_, random_, *files_, *processes_, *associations_, platform::watchDirectory, *log_};
        if (platform::signaturesChecked())
            outside.checkProgram = platform::checkProgram;
        auto application = Application::start(outside, settings);
        if (!application)
            return refused(std::move(application).error());
        application_ = std::move(*application);
        if (auto changes = platform::makeShellChanges()) {
            shellChanges_ = std::make_shared<ShellChangesTeller>(std::move(changes));
            application_->subscribe(shellChanges_);
        }
        auto pipe = PipeService::start(*application_, endpoint_, lock_);
        if (!pipe)
            return refused(std::move(pipe).error());
        pipe_ = std::move(*pipe);
        return {};
    }

    Application& application() override { return *application_; }
    void close(Duration deadline) override { application_->close(ClosePolicy::protectNow, deadline); }

private:
    Error refused(Error error) {
        log_->error("start: {}", error.word());
        return error;
    }

    ipc::Endpoint endpoint_;
    ipc::InstanceLock lock_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    std::unique_ptr<platform::Processes> processes_;
    std::unique_ptr<platform::ApplicationAssociations> associations_ = platform::makeDesktopAssociations();
    std::shared_ptr<Log> log_ = makeNullLog();
    std::shared_ptr<ShellChangesTeller> shellChanges_;
    std::unique_ptr<Application> application_;
    std::unique_ptr<PipeService> pipe_;
};

} // namespace

Result<std::unique_ptr<TrayProcess>> TrayProcess::start(const platform::Path& home, const Options& options) {
    auto lock = ipc::InstanceLock::acquire(ipc::Endpoint(home));
    if (!lock)
        return std::move(lock).error();
    // With its links resolved, so that SSProtect's own folders are known wherever one comes from.
    std::error_code error;
    auto resolved = std::filesystem::canonical(home, error);
    auto process = std::make_unique<Process>(ipc::Endpoint(error ? home : resolved), std::move(*lock), options);
    if (auto started = process->start(options); !started)
        return std::move(started).error();
    return std::unique_ptr<TrayProcess>(std::move(process));
}

} // namespace ssprotect::app
