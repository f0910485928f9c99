#pragma once

#include "ssprotect/container/overlay.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

namespace ssprotect::shellext {

/// Whose files are red and whose yellow, as the tray process left it in the home. Looks for a change at most every
/// 20 ms: Explorer asks for thousands of files in a row. Any thread.
class ViewerWatch {
public:
    /// Empty: no home is known, so no file has a colour.
    explicit ViewerWatch(std::filesystem::path home);

    container::Overlay overlayOf(AccountId owner, OrganizationId organization);

private:
    using Known = std::shared_ptr<const container::Viewer>;
    Known current();
    void readAgain();

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::uint64_t lookedAt_ = 0; ///< in ticks of the system; 0: never
    Known known_;
    std::uint64_t modified_ = 0;
};

} // namespace ssprotect::shellext
