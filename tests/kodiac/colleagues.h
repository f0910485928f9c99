#pragma once

#include "kodiac_under_test.h"
#include "ssprotect/kodiac/lock_operations.h"

namespace ssprotect::kodiac {

/// Conformance tests with Privileged Users of one Organization. They get there by the database, for their rights only:
/// how people come in, and what keys they hold then, is the matter of other suites.
class ColleaguesTest : public KodiacTest {
protected:
    /// The Administrator.
    test::Individual administrator(std::string email = "ada@example.org") {
        test::Individual person = settled(std::move(email));
        under_->alter("UPDATE accounts SET privilege = 'administrator' WHERE email_key = '" + person.email + "'");
        return person;
    }
    /// Somebody else in the Organization of `head`.
    test::Individual colleague(const test::Individual& head, std::string email,
                               const std::string& privilege = "delegate") {
        test::Individual person = settled(std::move(email));
        under_->alter("UPDATE accounts SET privilege = '" + privilege +
                      "', organization = (SELECT organization FROM accounts WHERE email_key = '" + head.email +
                      "') WHERE email_key = '" + person.email + "'");
        return person;
    }

    static Result<LockView> request(test::Individual& person, bool wait = false, EditLock name = EditLock::users) {
        return lockIn(person.ask<RequestLock>({name, wait}));
    }
    static Result<LockView> force(test::Individual& person, EditLock name = EditLock::users) {
        return lockIn(person.ask<ForceLock>({name}));
    }
    static Result<LockView> renew(test::Individual& person, EditLock name = EditLock::users) {
        return lockIn(person.ask<RenewLock>({name}));
    }
    static void release(test::Individual& person, EditLock name = EditLock::users) {
        EXPECT_TRUE(person.ask<ReleaseLock>({name}).ok());
    }
    /// As somebody sees it.
    static LockView status(test::Individual& person, EditLock name = EditLock::users) {
        return person.ask<LockStatus>()->locks.at(static_cast<std::size_t>(name));
    }
    /// News carry the token and no code.
    static Result<ListEvents::Response> events(test::Individual& person, std::int64_t after = 0,
                                               std::uint32_t limit = 500) {
        return test::Individual::answerOf<ListEvents>(
            person.send(person.callWithoutCode<ListEvents>({after, 0, limit})));
    }
    /// The reasons of the audit rows of these operations, oldest first.
    std::vector<std::string> auditReasons(test::Individual& person, const std::string& operation);

private:
    template <class Response> static Result<LockView> lockIn(Result<Response> response) {
        if (!response)
            return std::move(response).error();
        return response->lock;
    }
};

} // namespace ssprotect::kodiac
