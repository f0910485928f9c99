#pragma once

#include "back_off.h"
#include "ssprotect/base/result.h"
#include "task_thread.h"
#include "verbs.h"

#include <filesystem>
#include <functional>
#include <future>
#include <vector>

namespace ssprotect::shellext {

/// Why an errand came to nothing.
struct Refusal {
    enum class Kind {
        absent, ///< no tray process runs
        silent, ///< it does not answer, or ended meanwhile, or is none
        refused ///< it says no: the error says why
    };
    Kind kind = Kind::refused;
    Error error;
};

/// Hands to the tray process what was chosen in Explorer, on a thread of its own: Explorer's never waits. Any thread.
class TrayErrands {
public:
    /// Told of each errand that failed; on the errands' thread.
    using Failed = std::function<void(const Refusal&)>;

    /// `home` empty: none is known.
    TrayErrands(std::filesystem::path home, Failed failed);

    /// Becomes ready when the tray process has taken the errand on (nothing), or with the reason why it has not.
    std::future<std::optional<Refusal>> begin(Verb verb, std::vector<std::filesystem::path> paths);

private:
    std::optional<Refusal> run(Verb verb, const std::vector<std::filesystem::path>& paths);

    const std::filesystem::path home_;
    const Failed failed_;
    BackOff backOff_; ///< of the thread
    TaskThread thread_;
};

} // namespace ssprotect::shellext
