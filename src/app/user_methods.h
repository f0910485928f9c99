#pragma once

#include "rooms.h"
#include "ssprotect/session/administration.h"

namespace ssprotect::app {

/// users.*: *Administer Users* (USR). Any thread.
class UserMethods {
public:
    explicit UserMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    using Act = Status (session::Administration::*)(std::string_view email);

    Result<Json> list(Invocation& invocation);
    Result<Json> add(Invocation& invocation);
    Result<Json> edit(Invocation& invocation);
    Result<Json> check(Invocation& invocation);
    Result<Json> validate(Invocation& invocation);
    Result<Json> act(Invocation& invocation, const char* verb, Act method);
    Result<Json> importFile(Invocation& invocation);
    Result<Json> exportFile(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
