#pragma once

#include "recovery.h"

namespace ssprotect::app {

/// account.*, login, refresh, logout, profile.*, keys.*: who is logged in. Any thread.
class AccountMethods {
public:
    AccountMethods(Rooms& rooms, Recovery& recovery) : rooms_(rooms), recovery_(recovery) {}
    void addTo(MethodTable& methods);

    /// After every kind of login.
    Result<Json> loggedIn(Result<session::SessionInfo> info);

private:
    Result<Json> create(Invocation& invocation);
    Result<Json> registered(std::string_view email, const session::ServerSet& servers, std::string_view code,
                            ByteView password);
    Result<Json> signUp(Invocation& invocation);
    Result<Json> syncSecondFactor(Invocation& invocation);
    Result<Json> show(Invocation& invocation);
    Result<Json> set(Invocation& invocation);
    Result<Json> changePassword(Invocation& invocation);
    Result<Json> login(Invocation& invocation);
    Result<Json> refresh(Invocation& invocation);
    Result<Json> logout(Invocation& invocation);
    Result<Json> exportKeys(Invocation& invocation);
    Result<Json> importKeys(Invocation& invocation);

    /// The account of the session that a login has made.
    Result<Json> accountNow(Result<Json> login);
    Result<std::shared_ptr<SessionWork>> anySession();

    Rooms& rooms_;
    Recovery& recovery_;
};

} // namespace ssprotect::app
