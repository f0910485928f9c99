#pragma once

#include "kodiac_under_test.h"
#include "support/member.h"

#include <stdexcept>

namespace ssprotect::kodiac {

/// The base of the conformance tests about Organizations of many: one Organization whose Administrator is Ada.
class OrganizationTest : public KodiacTest {
protected:
    test::Founding founding() { return {.authority = under_->authority(), .kodiac = kodiac(), .random = random_}; }

    /// Registered, logged in, through the key export.
    test::Member ada() { return whole(test::foundOrganization(founding())); }
    /// Validated and logged in.
    test::Member user(test::Member& by, std::string email = "ben@example.org") {
        return whole(test::bringIn(founding(), by, std::move(email)));
    }
    test::Member delegate(test::Member& by, std::string email = "cleo@example.org") {
        return whole(test::bringIn(founding(), by, std::move(email), true));
    }
    test::Member provisioned(test::Member& by, std::string email = "ben@example.org") {
        return whole(test::provision(founding(), by, std::move(email)));
    }
    /// With keys, before Validation.
    test::Member registered(test::Member& by, std::string email = "ben@example.org") {
        test::Member member = provisioned(by, std::move(email));
        const auto done = member.registerWith(codeFor(member));
        EXPECT_TRUE(done.ok()) << (done ? "" : done.error().message);
        return member;
    }
    crypto::SecretBytes codeFor(const test::Member& member, MailKind kind = MailKind::registrationCode) {
        return test::mailedCode(under_->authority(), member.email, kind);
    }
    /// How many mails of that kind wait for the address.
    int mailsTo(std::string_view email, MailKind kind) {
        int count = 0;
        Outbox outbox = under_->authority().outbox();
        for (const ClaimedMail& mail : *outbox.claim(1000, std::chrono::seconds(1))) {
            count += mail.kind == kind && mail.recipient == email ? 1 : 0;
            EXPECT_TRUE(outbox.release(mail).ok());
        }
        return count;
    }

    template <class T> static T whole(Result<T> result) {
        if (!result)
            throw std::runtime_error(result.error().message); // which fails the test
        return std::move(result).value();
    }
};

} // namespace ssprotect::kodiac
