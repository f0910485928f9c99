#pragma once

#include "file_mark.h"
#include "task_thread.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace ssprotect::shellext {

/// Looks at files on network drives without ever keeping the asker waiting for a dead share: the look is taken on a
/// thread of its own, and whoever asked gets what is known by then. Any thread.
class DistantFiles {
public:
    using Path = std::filesystem::path;
    using Clock = std::chrono::steady_clock;
    using Look = std::function<FileMark(const Path&)>;
    using Found = std::function<void(const Path&)>;

    /// `look` may block and must not throw. `found` is called on the same thread when a file of ours was found by a
    /// look that nobody waited for any more, so that its icon can be asked for again.
    DistantFiles(Look look, Found found);
    ~DistantFiles();

    /// What is known, `unknown` else; the next question will know.
    FileMark known(const Path& path);
    /// The same, waiting at most `patience` for a look under way.
    FileMark ask(const Path& path, Clock::duration patience);

private:
    struct Shared;
    FileMark lookFor(const Path& path, Clock::time_point until);

    const std::shared_ptr<Shared> shared_; ///< a look may outlast us
    TaskThread looking_;
};

} // namespace ssprotect::shellext
