#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// status, hostlist, versions, audit: what is said of files, changing nothing. Any thread.
class FileMethods {
public:
    explicit FileMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    Result<Json> status(Invocation& invocation);
    Result<Json> hostlist(Invocation& invocation);
    Result<Json> versions(Invocation& invocation);
    Result<Json> audit(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
