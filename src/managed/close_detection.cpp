#include "ssprotect/managed/close_detection.h"

namespace ssprotect::managed {
namespace {

/// Whoever the document could have been given to has ended.
bool heirsGone(const Observations& seen) {
    return (seen.takerSeen || seen.instanceSeen) && !seen.takerAlive && !seen.instanceRunning;
}

/// The program may have passed the document on to an instance that ran already and shows no sign of
/// it now. Wrongly "yes" costs the user a word, wrongly "no" costs what is typed from here on.
bool maybeElsewhere(const Observations& seen, const CloseRules& rules) {
    // It worked on the document itself: nobody waits for that long only to hand it over.
    if (seen.programRan >= rules.handover)
        return false;
    if (heirsGone(seen))
        return false;
    if (seen.takerAlive && !seen.takerHeldLong)
        return true;
    if (seen.changedAfterEnd && !seen.takerHeldLong)
        return true;
    if (seen.programFailed)
        return false;
    if (seen.ownerFile)
        return true;
    if (seen.takerHeldLong)
        return false;
    return seen.instanceRunning || (!seen.chosenProgram && !seen.changed);
}

bool everythingQuiet(const Observations& seen, const CloseRules& rules) {
    return seen.sinceChange >= rules.quiet && seen.sinceHeld >= rules.quiet && seen.sinceProgramEnd >= rules.quiet;
}

Decision finished(const Observations& seen) { return seen.documentPresent ? Decision::closed : Decision::deleted; }

} // namespace

Decision decide(const Observations& seen, const CloseRules& rules) {
    const bool unsealed = seen.unsealed && seen.documentPresent;
    if (unsealed && seen.sinceChange >= rules.quiet)
        return Decision::settled;
    if (seen.finishRequested)
        return unsealed && seen.sinceFinish < rules.patience ? Decision::keepOpen : finished(seen);
    if (seen.programAlive || seen.holding == Holding::held)
        return Decision::keepOpen;
    if (unsealed || !everythingQuiet(seen, rules))
        return Decision::keepOpen;
    if (maybeElsewhere(seen, rules))
        return Decision::handedOver;
    // Nobody lives who could own the owner file: it was left by a crash. A successor may still be on its way.
    if (seen.ownerFile && seen.sinceProgramEnd < rules.handover)
        return Decision::keepOpen;
    return finished(seen);
}

} // namespace ssprotect::managed
