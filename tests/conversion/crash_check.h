#pragma once

#include "engine_world.h"
#include "support/fault_enumeration.h"

#include <functional>

namespace ssprotect::conversion::test {

/// What a target may hold after anything went wrong.
struct Target {
    Path path;
    std::optional<Bytes> before; ///< byte for byte; none: it was not there
    Bytes after;                 ///< the plaintext of what the operation makes of it
    bool becomesContainer = true;
};

/// What may lie on the disk at the end besides the targets and other files that were there before.
struct Allowed {
    /// A container beside `target`, only where recovery may keep both.
    bool conflictCopies = false;
    /// These bytes must be nowhere but in a target that is plain, and in `plain`.
    std::vector<Bytes> secrets;
    std::vector<Path> plain;  ///< files that hold them and are somebody else's matter
    std::vector<Path> others; ///< files that were there before and stay
};

/// One operation of the engine on a disk, to be broken at every point.
struct Scenario {
    std::function<std::unique_ptr<FaultFileSystem>()> disk;
    ssprotect::test::FakeKodiac kodiac; ///< what KODiAC knew before
    /// Which targets it reported done.
    std::function<std::vector<bool>(Engine&)> run;
    std::vector<Target> targets;
    Allowed allowed;
    unsigned leastOperations = 10; ///< fewer would mean that the operation did not happen
};

/// Loses power after each operation, under every policy of what survives. Then a new process: recovery without and
/// with a session, each twice. Each target is old or new and authentic, what was reported done is done, no
/// plaintext after the first recovery, nothing left behind, the second recovery changes nothing.
void crashEverywhere(const Scenario& scenario);

/// The same, with a second loss of power after each operation of the recovery.
void crashInRecovery(const Scenario& scenario);

/// Lets each operation and each read fail in every way. Each target is whole at once; what could not be cleaned up is
/// in the journal, and recovery does it.
void failEverywhere(const Scenario& scenario);

} // namespace ssprotect::conversion::test
