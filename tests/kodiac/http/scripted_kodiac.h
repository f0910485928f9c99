#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/kodiac/kodiac.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

namespace ssprotect::kodiac::http {

/// Answers as a test says, and counts. Any thread.
class ScriptedKodiac final : public Kodiac {
public:
    using Script = std::function<Result<Reply>(const Call&)>;
    explicit ScriptedKodiac(Script script =
                                [](const Call&) {
                                    return Result<Reply>(Reply{"{}", {}});
                                })
        : script_(std::move(script)) {}

    Result<Reply> perform(const Call& call) override {
        {
            const std::lock_guard lock(mutex_);
            ++calls_;
        }
        changed_.notify_all();
        return script_(call);
    }
    crypto::Sha256Digest channelBinding() const override { return {}; }

    int calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }
    void waitForCalls(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return calls_ >= count; });
    }

private:
    const Script script_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    int calls_ = 0;
};

/// A door that threads wait at until it is opened.
class Gate {
public:
    void open() {
        {
            const std::lock_guard lock(mutex_);
            open_ = true;
        }
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }
    /// Or when so much time has gone by.
    void passWithin(Duration time) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, time, [this] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

} // namespace ssprotect::kodiac::http
