#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// policy.*, license.show, lock.*: what an Organization agrees on. Any thread.
class OrganizationMethods {
public:
    explicit OrganizationMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    Result<Json> showPolicy(Invocation& invocation);
    Result<Json> setPolicy(Invocation& invocation);
    Result<Json> showLicense(Invocation& invocation);
    Result<Json> lockStatus(Invocation& invocation);
    Result<Json> requestLock(Invocation& invocation);
    Result<Json> forceLock(Invocation& invocation);
    Result<Json> releaseLock(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
