#include "ssprotect/platform/shutdown_signals.h"

#include "descriptor.h"
#include "system_error.h"
#include "wake_event.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <sys/signalfd.h>
#include <thread>

namespace ssprotect::platform {
namespace {

sigset_t shutdownSignals() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaddset(&set, number);
    return set;
}

ShutdownReason reasonOf(std::uint32_t number) {
    if (number == SIGINT)
        return ShutdownReason::interrupted;
    return number == SIGHUP ? ShutdownReason::hungUp : ShutdownReason::asked;
}

} // namespace

class ShutdownSignals::Listener {
public:
    explicit Listener(std::function<void(ShutdownReason)> asked) : asked_(std::move(asked)) {
        const sigset_t set = shutdownSignals();
        ::pthread_sigmask(SIG_BLOCK, &set, &before_);
        signals_ = Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
        if (!signals_)
            std::abort(); // at the start of a process, with no descriptor left: it could never end in order
        thread_ = std::thread([this] { run(); });
    }
    ~Listener() {
        stop_.wake();
        thread_.join();
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    void run() {
        std::array<struct pollfd, 2> waiting{{{signals_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
        for (;;) {
            uninterrupted([&] { return ::poll(waiting.data(), waiting.size(), -1); });
            if (waiting[1].revents != 0)
                return;
            signalfd_siginfo info{};
            while (uninterrupted([&] { return ::read(signals_.get(), &info, sizeof info); }) == sizeof info)
                asked_(reasonOf(info.ssi_signo));
        }
    }

    std::function<void(ShutdownReason)> asked_;
    sigset_t before_{};
    Descriptor signals_;
    WakeEvent stop_;
    std::thread thread_;
};

ShutdownSignals::ShutdownSignals(std::function<void(ShutdownReason)> asked)
    : listener_(std::make_unique<Listener>(std::move(asked))) {}

ShutdownSignals::~ShutdownSignals() = default;

} // namespace ssprotect::platform
