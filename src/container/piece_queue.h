#pragma once

#include "ssprotect/base/result.h"

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace ssprotect::container {

/// Hands the pieces 0 … count − 1 out to threads, in order, until one of them fails. Any thread.
class PieceQueue {
public:
    explicit PieceQueue(std::uint64_t count) : count_(count) {}

    std::optional<std::uint64_t> next();
    /// The first error stays.
    void fail(Error error);
    /// Once all threads are done.
    Status result() const;

private:
    const std::uint64_t count_;
    std::atomic<std::uint64_t> next_{0};
    std::mutex mutex_;
    std::optional<Error> error_;
};

/// Works on all pieces with up to `threads` threads, the caller's among them. Each makes itself a worker, a callable
/// `Status(std::uint64_t piece)`, so that buffers and ciphers are made once a thread.
template <class MakeWorker> Status forEachPiece(std::uint64_t count, unsigned threads, const MakeWorker& makeWorker) {
    PieceQueue queue(count);
    const auto work = [&] {
        try {
            auto worker = makeWorker();
            while (const auto piece = queue.next()) {
                if (auto done = worker(*piece); !done)
                    queue.fail(std::move(done).error());
            }
        } catch (const std::exception&) {
            queue.fail(
                makeError(ErrorCode::internal, "there is not enough memory to go on; close programs and try again"));
        }
    };
    {
        std::vector<std::jthread> helpers;
        try {
            while (helpers.size() + 1 < std::min<std::uint64_t>(threads, count))
                helpers.emplace_back(work);
        } catch (const std::exception&) {
            // No more threads to be had: those that run do all of it.
        }
        work();
    }
    return queue.result();
}

} // namespace ssprotect::container
