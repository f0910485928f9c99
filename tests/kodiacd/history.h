#pragma once

#include "ssprotect/container/identity.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace ssprotect::kodiacd {

/// What many clients of one KODiAC were told, to be held against its database at the end. Any thread.
class History {
public:
    /// One acknowledged operation on one version, as a row of the audit trail says it.
    static std::string line(std::string_view operation, const AccountId& account, const FileId& file,
                            VersionNumber version);

    void did(std::string_view operation, const AccountId& account, const container::Identity& version);
    /// A committed version, which everybody may open from now on.
    void stored(const container::IdentityBytes& bytes);
    /// The session of this account was told that it holds the Edit Lock in that epoch.
    void held(std::uint64_t epoch, const AccountId& account);
    /// Something was answered that must not be.
    void wrong(std::string what);
    /// Something was answered at all.
    void step();

    /// Waits until there are so many steps more; false when it takes far too long.
    bool waitForSteps(int more);
    /// Nobody begins anything any more.
    void end() { over_ = true; }
    bool over() const { return over_; }

    /// A version of the shared file of that number, counted round, the newest there is.
    container::IdentityBytes latest(std::uint64_t number) const;
    /// The number of the newest version of that file that was acknowledged.
    VersionNumber highest(const FileId& file) const;

    // When all clients have returned.
    const std::multiset<std::string>& lines() const { return lines_; }
    const std::set<container::IdentityBytes>& identities() const { return identities_; }
    const std::vector<std::string>& wrongs() const { return wrongs_; }
    std::size_t epochs() const { return holders_.size(); }

private:
    mutable std::mutex mutex_;
    std::condition_variable stepped_;
    std::atomic<bool> over_{false};
    std::int64_t steps_ = 0;
    std::multiset<std::string> lines_;
    std::set<container::IdentityBytes> identities_;
    std::map<FileId, container::IdentityBytes> latest_;
    std::map<std::uint64_t, AccountId> holders_;
    std::vector<std::string> wrongs_;
};

} // namespace ssprotect::kodiacd
