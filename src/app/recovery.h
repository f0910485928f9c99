#pragma once

#include "rooms.h"

#include <atomic>

namespace ssprotect::app {

/// Settles what a crash left (PROT-6): at start what needs nobody, after a login what only KODiAC can decide.
class Recovery {
public:
    explicit Recovery(Rooms& rooms) : rooms_(rooms) {}

    /// Before the first method is served.
    void atStart();
    /// After each login whose keys are exported; on a worker. Ok without a session.
    void afterLogin();
    /// `doctor --repair`: both.
    void again();

private:
    void showOpenedInLists();

    Rooms& rooms_;
    std::atomic<bool> overlaysTold_{false}; ///< once per process is enough
};

} // namespace ssprotect::app
