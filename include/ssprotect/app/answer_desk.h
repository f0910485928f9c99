#pragma once

#include "ssprotect/base/clock.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace ssprotect::app {

/// Waits for what a person answers, from any thread, perhaps late or never. Any thread.
template <class Answer> class AnswerDesk {
public:
    explicit AnswerDesk(Duration patience) : shared_(std::make_shared<Shared>()), patience_(patience) {}

    struct Outcome {
        std::optional<Answer> given;
        bool timedOut = false; ///< else without an answer: the process is about to end
    };
    /// `ask` is handed what takes the answer, and returns at once.
    Outcome wait(const std::function<void(std::function<void(Answer)>)>& ask) {
        const auto shared = shared_;
        const auto answer = std::make_shared<std::optional<Answer>>();
        ask([shared, answer](Answer given) {
            const std::lock_guard lock(shared->mutex);
            if (!*answer)
                *answer = std::move(given);
            shared->changed.notify_all();
        });
        std::unique_lock lock(shared->mutex);
        const bool woken =
            shared->changed.wait_for(lock, patience_, [&] { return answer->has_value() || shared->stopping; });
        return {*answer, !woken};
    }

    /// Ends every wait, and all that follow.
    void stop() {
        const std::lock_guard lock(shared_->mutex);
        shared_->stopping = true;
        shared_->changed.notify_all();
    }

private:
    /// Outlives the desk: an answer may come late.
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        bool stopping = false;
    };

    const std::shared_ptr<Shared> shared_;
    const Duration patience_;
};

} // namespace ssprotect::app
