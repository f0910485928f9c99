#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// open, opened, finish: managed access for clients. Any thread.
class OpenMethods {
public:
    explicit OpenMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    void open(Invocation invocation, const Reply& reply);
    void finish(Invocation invocation, const Reply& reply);
    Result<Json> opened(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
