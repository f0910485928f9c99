#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// report: the audit trail as people ask for it (REP-2). Any thread.
class ReportMethods {
public:
    explicit ReportMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    struct Query;

    Result<Json> report(Invocation& invocation);
    Result<AccountId> accountOf(SessionWork& work, const std::string& email);
    Result<Json> trail(SessionWork& work, const Query& query);
    Result<Json> disclosure(SessionWork& work, const Query& query);

    Rooms& rooms_;
};

} // namespace ssprotect::app
