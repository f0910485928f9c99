#pragma once

#include "stopwatch.h"
#include "support/individual.h"

#include <span>
#include <vector>

namespace ssprotect::kodiacd {

/// What one person asks of a KODiAC, call by call, each with the next code: every call is timed as the person waits for
/// it. Throws when KODiAC refuses. One thread.
class FileWork {
public:
    FileWork(kodiac::Kodiac& kodiac, Random& random, std::string email, crypto::ScryptParameters stretching);

    /// account.show: the corridor, and next to nothing behind it.
    void show(Stopwatch& watch);
    /// file.begin and file.commit of `count` new files.
    void store(std::size_t count, Stopwatch& watch);
    /// The same of the next versions of `count` files.
    void storeNext(std::size_t count, Stopwatch& watch);
    /// file.open of `count` files.
    void open(std::size_t count, Stopwatch& watch);
    /// Sees to it, untimed, that there are so many files to open and to go on with.
    void prepare(std::size_t count);

private:
    using Identities = std::vector<container::IdentityBytes>;

    Identities storeItems(const std::vector<kodiac::BeginStore::Item>& items, Stopwatch& watch);

    test::Individual person_;
    Identities files_; ///< their latest versions
};

} // namespace ssprotect::kodiacd
