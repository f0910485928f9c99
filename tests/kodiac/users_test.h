#pragma once

#include "organization_test.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ssprotect::kodiac {

using Changes = AttributeChanges;

template <class Attribute, class Value, class... More> Changes with(Attribute attribute, Value value, More... more) {
    Changes changes;
    if constexpr (sizeof...(more) > 0)
        changes = with(more...);
    changes.*attribute = value;
    return changes;
}

/// What the tests of *Administer Users* ask for.
class UsersTest : public OrganizationTest {
protected:
    static ListUsers::Row rowOf(test::Member& by, std::string_view email) {
        const auto listed = whole(by.ask<ListUsers>());
        for (const auto& row : listed.rows)
            if (row.email == email)
                return row;
        ADD_FAILURE() << email << " is not listed";
        return {};
    }
    static EditUsers::Edit editOf(const AccountId& account, const AttributeChanges& changes) {
        EditUsers::Edit edit;
        edit.account = account;
        edit.changes = changes;
        return edit;
    }
    static EditUsers::Request saving(std::vector<EditUsers::Edit> edits) { return {std::move(edits), {}, {}}; }
    static EditUsers::Request saving(const test::Member& who, const AttributeChanges& changes) {
        return saving({editOf(who.account, changes)});
    }
    static EditUsers::Request appointing(const test::Member& by, const test::Member& who) {
        auto request = saving(who, with(&Changes::delegate, true));
        request.edits[0].delegate = by.delegateStatementAbout(who);
        return request;
    }
    static EditUsers::Request dismissing(test::Member& by, const test::Member& who) {
        auto request = saving(who, with(&Changes::delegate, false));
        request.edits[0].resigned = whole(by.signAnew(who.account));
        return request;
    }
    static NewUser::Request newUser(std::string email, const AttributeChanges& changes = {}) {
        return {std::move(email), changes, {}};
    }
    static std::string messageOf(const Result<EditUsers::Response>& result) {
        EXPECT_FALSE(result.ok());
        return result ? "" : result.error().message;
    }
    void setQuota(int megabytes) { under_->alter("UPDATE organizations SET quota_mb = " + std::to_string(megabytes)); }
};

} // namespace ssprotect::kodiac
