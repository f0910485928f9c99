#pragma once

#include "ssprotect/kodiac/mail/mail_dispatcher.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ssprotect::kodiac::mail {

/// A thread that sends what is due, looking every few seconds and whenever it is nudged. Its methods may be called from
/// any thread. The destructor stops it: a mail that the server has in whole is waited for (5 s at most), others go
/// back.
class MailWorker {
public:
    /// `interval`: between two looks while nothing is due.
    MailWorker(MailDispatcher dispatcher, std::shared_ptr<Log> log, Duration interval = std::chrono::seconds(2));
    ~MailWorker();

    /// A mail may be waiting: look now.
    void nudge();

private:
    void run(const std::stop_token& stop);
    bool sendAllDue(const std::stop_token& stop);
    void pause(const std::stop_token& stop);

    MailDispatcher dispatcher_;
    std::shared_ptr<Log> log_;
    Duration interval_;
    std::mutex mutex_;
    std::condition_variable_any wakened_;
    bool nudged_ = false;
    std::jthread thread_; // last: it uses the rest
};

} // namespace ssprotect::kodiac::mail
