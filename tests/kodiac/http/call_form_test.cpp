#include "kodiac/http/call_form.h"
#include "kodiac/http/error_status.h"
#include "kodiac/http/rate_limiter.h"
#include "ssprotect/crypto/system_random.h"
#include "support/manual_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string text(const WipedBytes& bytes) { return std::string(ssprotect::textOf(bytes)); }

Result<Call> parsed(std::string_view body, std::string_view type = kJsonType, std::vector<Field> more = {}) {
    more.push_back({"content-TYPE", type});
    return callOf("file.open", more, viewOf(body));
}

TEST(CallForm, SecretsTravelInALineOfTheirOwn) {
    Call call;
    call.operation = "file.open";
    call.body = "{}";
    EXPECT_EQ(text(textOf(call)->body), "{}");
    EXPECT_EQ(textOf(call)->type, kJsonType);
    call.secrets.push_back(crypto::SecretBytes::copyOf(Bytes{1, 2, 3}));
    call.secrets.emplace_back();
    EXPECT_EQ(text(textOf(call)->body), "{}\n[\"AQID\",\"\"]");
    EXPECT_EQ(textOf(call)->type, kJsonLinesType);
}

TEST(CallForm, AnyBytesAreABodyAndStayWhatTheyAre) {
    for (const std::string body : {"", "{}", "{\n}\n", "\n\n", "[\"AQID\"]", "\xff\x00\n["}) {
        EXPECT_EQ(parsed(body)->body, body);
        const auto withSecrets = parsed(body + "\n[ \"AQID\" , \"\" ]", kJsonLinesType);
        ASSERT_TRUE(withSecrets.ok());
        EXPECT_EQ(withSecrets->body, body);
        EXPECT_THAT(withSecrets->secrets, SizeIs(2));
    }
    EXPECT_THAT(parsed("{}\n[\"AQID\"]\n", kJsonLinesType)->secrets, SizeIs(1)) << "a last line feed is no line";
}

TEST(CallForm, LinesOfSecretsThatAreNoneAreRefused) {
    std::string many = "{}\n[\"\"";
    for (std::size_t i = 0; i < kMostSecrets; ++i)
        many += ",\"\"";
    for (const std::string& body :
         {std::string("{}"), std::string("{}\n"), std::string("{}\n{}"), std::string("{}\n["), std::string("{}\n[\""),
          std::string("{}\n[\"AQID\""), std::string("{}\n[\"AQID\",]"), std::string("{}\n[,]"),
          std::string("{}\n[\"A\"]"), std::string("{}\n[1]"), std::string("{}\n[\"\\u0041\"]"), std::string("{}\n[]x"),
          many + "]"})
        EXPECT_FALSE(parsed(body, kJsonLinesType).ok()) << body.substr(0, 40);
    EXPECT_FALSE(parsed("{}", "text/plain").ok());
    EXPECT_FALSE(parsed("{}", kJsonType, {{"Content-Type", "application/json"}}).ok());
}

TEST(CallForm, EveryCallComesBackFromItsText) {
    crypto::SystemRandom random;
    for (int i = 0; i < 64; ++i) {
        Call call;
        call.operation = "file.open";
        call.body = "{\"n\":" + std::to_string(i) + "}";
        if (i & 1)
            call.account = AccountId::random(random);
        if (i & 2)
            call.host = HostId::random(random);
        if (i & 4)
            call.session = SessionId::random(random);
        if (i & 8)
            call.token = crypto::SecretBytes::copyOf(Bytes(32, 7));
        if (i & 16)
            call.counter = ~std::uint64_t{0};
        if (i & 32)
            call.code = "12345678";
        const auto sent = textOf(call);
        std::vector<Field> fields{{"Content-Type", sent->type}};
        std::string_view lines = ssprotect::textOf(sent->fields);
        while (!lines.empty()) {
            const auto colon = lines.find(": ");
            const auto end = lines.find("\r\n");
            fields.push_back({lines.substr(0, colon), lines.substr(colon + 2, end - colon - 2)});
            lines.remove_prefix(end + 2);
        }
        const auto back = callOf(call.operation, fields, sent->body);
        ASSERT_TRUE(back.ok()) << back.error().message;
        EXPECT_EQ(requestHash(*back), requestHash(call));
        EXPECT_EQ(back->code, call.code);
        EXPECT_TRUE(crypto::equalSecrets(back->token, call.token));
    }
}

TEST(CallForm, NothingOfACallCanAddALineToTheHead) {
    Call call;
    call.operation = "file.open HTTP/1.1\r\nX: ";
    EXPECT_FALSE(textOf(call).ok());
    call.operation = "file.open";
    call.code = "1\r\nX: y";
    EXPECT_FALSE(textOf(call).ok());
}

TEST(CallForm, AnErrorComesBackWithTheStatusOfItsClass) {
    const ReplyText refused = textOf(makeError(ErrorCode::lockHeld, "by \"eve\""));
    EXPECT_EQ(refused.status, 409);
    const auto reply = replyOf(refused.status, refused.type, refused.body);
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, ErrorCode::lockHeld);
    EXPECT_EQ(reply.error().message, "by \"eve\"");
    EXPECT_EQ(statusOf(ErrorCode::invalidInput), 400);
    EXPECT_EQ(statusOf(ErrorCode::notLoggedIn), 401);
    EXPECT_EQ(statusOf(ErrorCode::secondFactorMissing), 401);
    EXPECT_EQ(statusOf(ErrorCode::refused), 403);
    EXPECT_EQ(statusOf(ErrorCode::notFound), 404);
    EXPECT_EQ(statusOf(ErrorCode::integrity), 422);
    EXPECT_EQ(statusOf(ErrorCode::diskFull), 500);
    EXPECT_EQ(statusOf(ErrorCode::serverBusy), 503);
}

TEST(CallForm, WhatWentWrongInsideIsNotTold) {
    for (const auto code : {ErrorCode::internal, ErrorCode::ioError, ErrorCode::diskFull, ErrorCode::dataDamaged}) {
        const ReplyText shown = textOf(makeError(code, "/var/lib/kodiac/kodiac.db"));
        EXPECT_EQ(text(shown.body).find("kodiac.db"), std::string::npos);
        EXPECT_EQ(replyOf(shown.status, shown.type, shown.body).error().code, code);
    }
}

TEST(RateLimiter, GivesABurstAndThenItsRate) {
    test::ManualClock clock;
    RateLimiter limiter(clock, 2, 3);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(limiter.take("a"));
    EXPECT_FALSE(limiter.take("a"));
    EXPECT_TRUE(limiter.take("b"));
    clock.advance(std::chrono::milliseconds(500));
    EXPECT_TRUE(limiter.take("a"));
    EXPECT_FALSE(limiter.take("a"));
    clock.advance(std::chrono::hours(1));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(limiter.take("a"));
    EXPECT_FALSE(limiter.take("a"));
}

TEST(RateLimiter, ManyStrangersDoNotMakeItForgetWhoIsOverTheLimitWhileOthersAreIdle) {
    test::ManualClock clock;
    RateLimiter limiter(clock, 0.001, 1);
    EXPECT_TRUE(limiter.take("a"));
    EXPECT_FALSE(limiter.take("a"));
    for (int i = 0; i < 49'000; ++i)
        limiter.take(std::to_string(i));
    EXPECT_FALSE(limiter.take("a"));
}

} // namespace
} // namespace ssprotect::kodiac::http
