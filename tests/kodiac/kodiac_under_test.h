#pragma once

#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "support/individual.h"
#include "support/manual_clock.h"
#include "support/member.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect::kodiac {

/// One KODiAC that the conformance suite is run against, with what the suite must be able to do to it besides
/// calling it. Every implementation and every engine gives its own.
class KodiacUnderTest {
public:
    virtual ~KodiacUnderTest() = default;
    virtual Kodiac& kodiac() = 0;
    virtual test::ManualClock& clock() = 0;
    /// The KODiAC itself, as its operator has it.
    virtual Authority& authority() = 0;

    virtual void setDisabled(std::string_view email, bool disabled) = 0;
    /// Runs a statement against its database.
    virtual void alter(const std::string& sql) = 0;
    /// Every row of every table as text, secrets sealed: two states are the same when these are.
    virtual std::map<std::string, std::vector<std::string>> content() = 0;
    /// A snapshot of now, and going back to it.
    virtual void keepSnapshot() = 0;
    virtual void restoreSnapshot() = 0;
    /// Closes and opens it.
    virtual void reopen() = 0;
    /// The n-th statement from now on fails, once; 0: none does. Returns the statements that ran since the last call.
    virtual int failStatement(int n) = 0;
    /// Who is told of each statement before it runs, on the thread that runs it; set while nothing runs. Empty: nobody.
    virtual void onStatement(std::function<void(std::string_view sql)> told) = 0;
};

/// None where it cannot be had: without a server to test with.
using MakeKodiac = std::function<std::unique_ptr<KodiacUnderTest>()>;

struct Implementation {
    std::string name;
    MakeKodiac make;
};
void PrintTo(const Implementation& implementation, std::ostream* out);

/// The base of all conformance tests: one KODiAC, one person.
class KodiacTest : public testing::TestWithParam<Implementation> {
protected:
    KodiacTest() : under_(GetParam().make()) {}
    void SetUp() override {
        if (!under_)
            GTEST_SKIP() << "SSPROTECT_TEST_POSTGRES names no PostgreSQL server";
    }

    Kodiac& kodiac() { return under_->kodiac(); }
    test::Individual someone(std::string email = "ada@example.org") {
        test::Individual person(kodiac(), random_, std::move(email));
        person.mailbox = [this](std::string_view address) { return test::mailedCode(under_->authority(), address); };
        return person;
    }
    /// Ready for files.
    test::Individual settled(std::string email = "ada@example.org") {
        test::Individual person = someone(std::move(email));
        const auto status = person.settle();
        EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
        return person;
    }
    /// Makes the only account there is the Administrator of an Organization that takes sign-ups.
    void makeOrganization() {
        under_->alter("UPDATE organizations SET kind = 'organization', name = 'Example', name_key = 'example', "
                      "seats = 10, quota_mb = 10000, recover = 1, sign_up = 1");
        under_->alter("UPDATE accounts SET privilege = 'administrator'");
    }
    void pass(Duration time) { under_->clock().advance(time); }

    crypto::SystemRandom random_;
    std::unique_ptr<KodiacUnderTest> under_;
};

std::vector<Implementation> implementations();

template <class T> ErrorCode codeOf(const Result<T>& result) {
    EXPECT_FALSE(result.ok());
    return result ? ErrorCode::internal : result.error().code;
}

} // namespace ssprotect::kodiac
