#pragma once

#include "ssprotect/base/clock.h"

#include <cstdint>

/// When a document is really closed (PROT-3, PROT-5): a pure function over what was observed.
/// docs/managed-access.md says why each rule is as it is.
namespace ssprotect::managed {

struct CloseRules {
    Duration quiet{2'000};     ///< nothing changed for this long: a save has settled
    Duration handover{3'000};  ///< a program that lives shorter may have given the document to a running instance
    Duration patience{10'000}; ///< 'finish now' waits at most this long for a document that is never quiet
};

/// Who has a file of the workspace open.
enum class Holding { unknown, none, held };

/// What is known at one moment. Durations count up to that moment.
struct Observations {
    bool chosenProgram = false;  ///< named by the user (`open … -- PROGRAM`), not by the association
    bool programAlive = false;   ///< the started program or a descendant of it
    bool programFailed = false;  ///< it ended by a signal or with a status that is not 0
    Duration programRan{0};      ///< how long it lived
    Duration sinceProgramEnd{0}; ///< 0 while it lives

    Holding holding = Holding::none; ///< by any process but us
    /// A taker is a process that is none of the program's own and was seen holding the document.
    bool takerSeen = false;
    bool takerAlive = false;    ///< one of them runs
    bool takerHeldLong = false; ///< one held it for `CloseRules::handover` or longer: it keeps what it edits open
    /// An instance is an older process of the same program that could have been given the document.
    bool instanceSeen = false;
    bool instanceRunning = false;
    Duration sinceHeld{0}; ///< since the last time somebody held it (or since the start)

    bool ownerFile = false; ///< `~$name`, `.~lock.name#`, `.name.swp` … lies beside the document

    bool documentPresent = true;
    bool changed = false;         ///< the content is not what was opened
    bool changedAfterEnd = false; ///< it changed after the program had ended
    bool unsealed = false;        ///< it changed since it was last sealed
    Duration sinceChange{0};      ///< of anything in the workspace

    bool finishRequested = false;
    Duration sinceFinish{0};
};

enum class Decision {
    keepOpen,
    handedOver, ///< kept open: a running instance may have it, and nothing will tell when it is done
    settled,    ///< a save is complete: seal it, then ask again
    closed,     ///< only ever with nothing unsealed
    deleted,    ///< closed, and the document is gone
};

Decision decide(const Observations& seen, const CloseRules& rules);

} // namespace ssprotect::managed
