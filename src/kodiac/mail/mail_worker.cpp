#include "ssprotect/kodiac/mail/mail_worker.h"

#include <spdlog/logger.h>

namespace ssprotect::kodiac::mail {
namespace {

constexpr int kLooksBetweenTidying = 1000;

} // namespace

MailWorker::MailWorker(MailDispatcher dispatcher, std::shared_ptr<Log> log, Duration interval)
    : dispatcher_(std::move(dispatcher)), log_(std::move(log)), interval_(interval),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

MailWorker::~MailWorker() {
    thread_.request_stop();
    thread_.join();
}

void MailWorker::nudge() {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
    wakened_.notify_one();
}

void MailWorker::run(const std::stop_token& stop) {
    for (int look = 0; !stop.stop_requested(); look = (look + 1) % kLooksBetweenTidying) {
        if (look == 0)
            if (auto tidied = dispatcher_.tidy(); !tidied)
                log_->warn("mail: old ones not forgotten: {}", tidied.error().word());
        if (!sendAllDue(stop))
            pause(stop);
    }
}

/// True: there may be more.
bool MailWorker::sendAllDue(const std::stop_token& stop) {
    const auto claimed = dispatcher_.sendDue(stop);
    if (claimed)
        return *claimed != 0;
    log_->warn("mail: the outbox can't be used: {}", claimed.error().word());
    return false;
}

void MailWorker::pause(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wakened_.wait_for(lock, stop, interval_, [this] { return nudged_; });
    nudged_ = false;
}

} // namespace ssprotect::kodiac::mail
