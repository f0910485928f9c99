#pragma once

#include "ssprotect/kodiac/mail/mail_transport.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace ssprotect::kodiac::mail {

/// What was handed over; shared by transports of several workers.
class SentMails {
public:
    struct Mail {
        MailEnvelope envelope;
        std::string message;
    };

    void add(Mail mail) {
        const std::lock_guard lock(mutex_);
        mails_.push_back(std::move(mail));
        changed_.notify_all();
    }
    std::vector<Mail> all() const {
        const std::lock_guard lock(mutex_);
        return mails_;
    }
    /// Until so many were handed over.
    void waitFor(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return mails_.size() >= count; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Mail> mails_;
};

/// Keeps what it is given, and answers as the test says.
class FakeTransport final : public MailTransport {
public:
    using Answer = std::function<SendingResult(const MailEnvelope&, const std::stop_token&)>;

    explicit FakeTransport(SentMails& sent, Answer answer = {}) : sent_(sent), answer_(std::move(answer)) {}

    SendingResult send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) override {
        sent_.add({envelope, std::string(textOf(message))});
        return answer_ ? answer_(envelope, stop) : SendingResult{};
    }

private:
    SentMails& sent_;
    Answer answer_;
};

} // namespace ssprotect::kodiac::mail
