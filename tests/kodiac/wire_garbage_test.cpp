#include "ssprotect/kodiac/email.h"
#include "wire_filler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

using testing::HasSubstr;

template <class Message> Result<Message> decodeBody(std::string_view body) { return decode<Message>(body, {}); }

TEST(WireGarbage, AMutatedBodyIsReadOrRefusedAndNothingElse) {
    std::mt19937 random(1);
    const std::string whole = encode(filled<CommitStore::Request>(3)).body;
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string body = whole;
        for (unsigned changes = 1 + random() % 4; changes > 0; --changes)
            body[random() % body.size()] = static_cast<char>(random());
        const auto result = decodeBody<CommitStore::Request>(body);
        if (!result) {
            EXPECT_EQ(result.error().code, ErrorCode::invalidInput);
            ++refused;
        }
    }
    EXPECT_GT(refused, 15'000);
}

TEST(WireGarbage, DeepNestingIsRefusedUnparsed) {
    for (const char* open : {"[", "{\"a\":"}) {
        std::string body;
        for (int i = 0; i < 200'000; ++i)
            body += open;
        EXPECT_FALSE(decodeBody<BeginStore::Request>(body).ok());
    }
}

TEST(WireGarbage, ABodyThatIsTooBigIsRefusedUnread) {
    const std::string body(kLargestReply + 1, ' ');
    const auto result = decodeBody<ShowAccount::Request>(body);
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(result.error().message, HasSubstr("too big"));
}

TEST(WireGarbage, ABodyOfMoreValuesThanAnyMessageHasIsRefused) {
    std::string body = R"({"items":[0)";
    for (int i = 0; i < 2'000'000; ++i)
        body += ",0";
    const auto result = decodeBody<BeginStore::Request>(body + "]}");
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(result.error().message, HasSubstr("too many values"));
}

TEST(WireGarbage, NumbersOutOfRangeAreRefused) {
    const auto withVersion = [](const std::string& number) {
        return decodeBody<StoreState::Request>(R"({"items":[{"file":")" + std::string(32, 'a') + R"(","version":)" +
                                               number + "}]}");
    };
    EXPECT_TRUE(withVersion("4294967295").ok());
    for (const char* number : {"4294967296", "-1", "1.0", "1e2", "99999999999999999999999", "\"1\"", "01", "0x1"})
        EXPECT_FALSE(withVersion(number).ok()) << number;
}

TEST(WireGarbage, IdsAndBytesOfTheWrongSizeOrAlphabetAreRefused) {
    const auto withFile = [](const std::string& id) {
        return decodeBody<StoreState::Request>(R"({"items":[{"file":")" + id + R"(","version":1}]})");
    };
    EXPECT_TRUE(withFile(std::string(32, '0')).ok());
    for (const auto& id :
         {std::string(30, '0'), std::string(34, '0'), std::string(31, '0'), std::string(32, 'g'), std::string()})
        EXPECT_FALSE(withFile(id).ok()) << id;
    EXPECT_TRUE(decodeBody<EnrolHost::Request>(encode(filled<EnrolHost::Request>(1)).body).ok());
    EXPECT_FALSE(decodeBody<EnrolHost::Request>(R"({"signature":"AAAA"})").ok());
    EXPECT_FALSE(decodeBody<EnrolHost::Request>(R"({"signature":"****"})").ok());
}

TEST(WireGarbage, AListLongerThanItsLimitIsRefused) {
    BeginStore::Request request;
    request.items.resize(kMostFilesPerCall);
    EXPECT_TRUE(decodeBody<BeginStore::Request>(encode(request).body).ok());
    request.items.resize(kMostFilesPerCall + 1);
    EXPECT_FALSE(decodeBody<BeginStore::Request>(encode(request).body).ok());
}

TEST(WireGarbage, TextThatIsTooLongIsRefused) {
    StartReset::Request request;
    request.email = std::string(kLongestEmail, 'a');
    EXPECT_TRUE(decodeBody<StartReset::Request>(encode(request).body).ok());
    request.email += 'a';
    EXPECT_FALSE(decodeBody<StartReset::Request>(encode(request).body).ok());
}

TEST(WireGarbage, TextThatIsNoUtf8IsSentWithoutThrowing) {
    ItemOutcome outcome;
    outcome.error = makeError(ErrorCode::internal, "bad \xff\xfe bytes");
    CommitStore::Response response;
    response.items.push_back(outcome);
    const Reply reply = encode(response);
    EXPECT_TRUE(decodeBody<CommitStore::Response>(reply.body).ok());
}

TEST(WireGarbage, AnErrorKeepsItsWord) {
    CommitStore::Response response;
    response.items.resize(2);
    response.items[1].error = makeError(ErrorCode::versionConflict, "no");
    const auto back = decodeBody<CommitStore::Response>(encode(response).body);
    ASSERT_TRUE(back.ok());
    EXPECT_FALSE(back->items[0].error.has_value());
    EXPECT_EQ(back->items[1].error->code, ErrorCode::versionConflict);
    EXPECT_EQ(back->items[1].error->message, "no");
}

TEST(RequestHash, ChangesWithEverythingThatTheRequestIs) {
    const auto call = [] {
        Call made;
        made.operation = "a";
        made.body = "b";
        made.secrets.push_back(crypto::SecretBytes(2));
        return made;
    };
    const auto original = requestHash(call());
    EXPECT_EQ(requestHash(call()), original);
    const auto changed = [&](auto change) {
        Call made = call();
        change(made);
        return requestHash(made) != original;
    };
    EXPECT_TRUE(changed([](Call& c) {
        c.operation = "ab";
        c.body = "";
    }));
    EXPECT_TRUE(changed([](Call& c) { c.body = "c"; }));
    EXPECT_TRUE(changed([](Call& c) { c.counter = 1; }));
    EXPECT_TRUE(changed([](Call& c) { c.secrets[0].bytes()[1] = 1; }));
    EXPECT_TRUE(changed([](Call& c) { c.secrets.clear(); }));
    EXPECT_TRUE(changed([](Call& c) { c.account = AccountId(std::array<Byte, 16>{1}); }));
    EXPECT_TRUE(changed([](Call& c) { c.host = HostId(std::array<Byte, 16>{1}); }));
    EXPECT_TRUE(changed([](Call& c) { c.session = SessionId(std::array<Byte, 16>{1}); }));
}

TEST(Email, IsComparedWithoutCase) {
    EXPECT_EQ(emailKey("Ada.L@Example.ORG"), "ada.l@example.org");
    EXPECT_TRUE(checkEmail("ada+tag@sub.example.org").ok());
    EXPECT_TRUE(checkEmail("me@localhost").ok());
    EXPECT_FALSE(checkEmail(std::string(250, 'a') + "@b.c").ok());
}

} // namespace
} // namespace ssprotect::kodiac
