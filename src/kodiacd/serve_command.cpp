#include "serve_command.h"

#include "daemon.h"
#include "service_manager.h"
#include "ssprotect/platform/hardening.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shutdown_signals.h"

#include <condition_variable>
#include <mutex>
#include <ostream>

#include <spdlog/logger.h>

namespace ssprotect::kodiacd {
namespace {

/// What the signals ask for, one after another. Any thread.
class Wishes {
public:
    void add(platform::ShutdownReason reason) {
        const std::lock_guard lock(mutex_);
        (reason == platform::ShutdownReason::hungUp ? reload_ : stop_) = true;
        added_.notify_one();
    }
    /// Waits. False: the daemon is to stop.
    bool waitForReload() {
        std::unique_lock lock(mutex_);
        added_.wait(lock, [this] { return stop_ || reload_; });
        return !stop_ && std::exchange(reload_, false);
    }

private:
    std::mutex mutex_;
    std::condition_variable added_;
    bool stop_ = false;
    bool reload_ = false;
};

std::string absolute(const std::string& path) {
    return platform::narrowPath(std::filesystem::absolute(platform::pathOfNarrow(path)));
}

Result<Place> placeFor(const Environment& environment, const ServeOptions& options) {
    auto place = readPlace(environment, options.common);
    if (!place)
        return place;
    Configuration& configuration = place->configuration;
    if (options.listen)
        configuration.listen = *options.listen;
    if (options.logLevel)
        configuration.logLevel = *options.logLevel;
    if (options.mailFolder || options.smtp) {
        configuration.mail.folder = options.mailFolder ? absolute(*options.mailFolder) : "";
        configuration.mail.smtp = options.smtp.value_or("");
    }
    if (auto set = setLogLevel(*environment.log, configuration.logLevel); !set)
        return std::move(set).error();
    return place;
}

Status reload(const Environment& environment, const ServeOptions& options, Daemon& daemon) {
    auto place = placeFor(environment, options);
    if (!place)
        return std::move(place).error();
    return daemon.reloadCertificates();
}

void tellNotReloaded(Log& log, const Error& error) {
    log.error("not reloaded, all goes on as before error={}", error.word());
    log.debug("not reloaded because: {}", error.message);
}

void handleReload(const Environment& environment, const ServeOptions& options, Daemon& daemon) {
    tellReloading(environment.clock);
    if (auto reloaded = reload(environment, options, daemon); reloaded)
        environment.log->info("reloaded");
    else
        tellNotReloaded(*environment.log, reloaded.error());
    tellServiceManager("READY=1");
}

Status tellPort(const Environment& environment, const ServeOptions& options, const Daemon& daemon) {
    if (options.portFile) {
        auto written = platform::writeWhole(environment.files, platform::pathOfNarrow(*options.portFile),
                                            viewOf(std::to_string(daemon.port()) + "\n"));
        if (!written)
            return written;
    }
    environment.out << "listening at https://" << daemon.address() << ':' << daemon.port() << std::endl;
    return {};
}

} // namespace

Status serve(const Environment& environment, const ServeOptions& options) {
    Wishes wishes;
    const platform::ShutdownSignals signals([&](platform::ShutdownReason reason) { wishes.add(reason); });
    auto place = placeFor(environment, options);
    if (!place)
        return std::move(place).error();
    const bool locked = platform::lockMemory();
    auto daemon = Daemon::start(environment, *place);
    if (!daemon)
        return std::move(daemon).error();
    if (auto told = tellPort(environment, options, **daemon); !told)
        return told;
    environment.log->info("started port={} memory_locked={}", (*daemon)->port(), locked ? "all" : "keys");
    tellServiceManager("READY=1");
    while (wishes.waitForReload())
        handleReload(environment, options, **daemon);
    tellServiceManager("STOPPING=1");
    environment.log->info("stopping");
    daemon->reset();
    environment.log->info("stopped");
    return {};
}

} // namespace ssprotect::kodiacd
