#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// profile.*: the named logins of this host (ACC-6). Any thread.
class ProfileMethods {
public:
    explicit ProfileMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    Result<Json> list(Invocation& invocation);
    Result<Json> add(Invocation& invocation);
    Result<Json> rename(Invocation& invocation);
    Result<Json> remove(Invocation& invocation);
    Result<Json> deploy(Invocation& invocation, bool keep);
    Result<Json> fetch(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
