#pragma once

#include "account_methods.h"

namespace ssprotect::app {

/// host.*, token.*: the hosts of the account in session and their second factors (ACC-8, TFA-5). Any thread.
class HostMethods {
public:
    HostMethods(Rooms& rooms, AccountMethods& accounts) : rooms_(rooms), accounts_(accounts) {}
    void addTo(MethodTable& methods);

private:
    Result<Json> list(Invocation& invocation);
    Result<Json> request(Invocation& invocation);
    Result<Json> await(Invocation& invocation);
    Result<Json> approve(Invocation& invocation);
    Result<Json> remove(Invocation& invocation);
    Result<Json> useOathToken(Invocation& invocation);
    Result<Json> useSoftwareSecret(Invocation& invocation);

    Rooms& rooms_;
    AccountMethods& accounts_;
};

} // namespace ssprotect::app
