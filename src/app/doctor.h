#pragma once

#include "recovery.h"

#include <vector>

namespace ssprotect::app {

/// `doctor`: looks for what is wrong with this home and mends what can be mended without loss.
class Doctor {
public:
    Doctor(Rooms& rooms, Recovery& recovery) : rooms_(rooms), recovery_(recovery) {}
    void addTo(MethodTable& methods);

private:
    enum class Severity { note, warning, error };
    struct Finding {
        Severity severity = Severity::note;
        std::string code;
        std::string message;
        bool repaired = false;
    };
    using Findings = std::vector<Finding>;

    Result<Json> examine(Invocation& invocation);
    Findings look(bool repair);
    void lookAtHome(Findings& findings, bool repair);
    void lookAtJournal(Findings& findings);
    void lookAtWorkspaces(Findings& findings);
    void lookAtBackups(Findings& findings);
    void lookAtHostlists(Findings& findings);
    static void lookAtOverlays(Findings& findings);

    Rooms& rooms_;
    Recovery& recovery_;
};

} // namespace ssprotect::app
