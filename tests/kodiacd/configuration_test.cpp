#include "kodiacd/configuration.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;

Error refusal(std::string_view text) {
    const auto parsed = parseConfiguration(text);
    EXPECT_FALSE(parsed.ok()) << text;
    return parsed ? Error{} : parsed.error();
}

TEST(ConfigurationText, IsReadBackAsItWasWritten) {
    Configuration configuration;
    configuration.listen = "[::1]:8443";
    configuration.serverUrls = {"https://a.example.org", "https://b.example.org"};
    configuration.accounts.individuals = true;
    configuration.accounts.sessionLength = std::chrono::hours(3);
    configuration.limits.connections = 17;
    configuration.limits.requestsPerAccount = 2.5;
    configuration.newsInterval = std::chrono::milliseconds(50);
    const auto text = configurationText(configuration);
    const auto read = parseConfiguration(text);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(configurationText(*read), text);
    EXPECT_EQ(read->serverUrls.size(), 2u);
    EXPECT_TRUE(read->accounts.individuals);
    EXPECT_EQ(read->accounts.sessionLength, std::chrono::hours(3));
    EXPECT_EQ(read->limits.connections, 17u);
    EXPECT_EQ(read->limits.requestsPerAccount, 2.5);
}

TEST(ConfigurationText, LeavesWhatItDoesNotNameAtItsDefault) {
    const auto read = parseConfiguration(R"({"accounts": {"session_hours": 2}})");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->accounts.sessionLength, std::chrono::hours(2));
    EXPECT_EQ(read->accounts.registrationCodeLife, std::chrono::hours(24));
    EXPECT_EQ(read->listen, Configuration().listen);
}

TEST(ConfigurationText, NamesASettingThatItDoesNotKnow) {
    const auto error = refusal(R"({"mail": {"smpt": "smtp://mail.example.org"}})");
    EXPECT_EQ(error.code, ErrorCode::invalidInput);
    EXPECT_THAT(error.message, HasSubstr("'mail.smpt' is no setting"));
}

TEST(ConfigurationText, NamesASettingOfAWrongType) {
    EXPECT_THAT(refusal(R"({"limits": {"connections": "many"}})").message, HasSubstr("'limits.connections'"));
    EXPECT_THAT(refusal(R"({"listen": 8443})").message, HasSubstr("'listen'"));
    EXPECT_THAT(refusal(R"({"accounts": true})").message, HasSubstr("'accounts'"));
    EXPECT_THAT(refusal(R"({"accounts": {"individuals": 1}})").message, HasSubstr("'accounts.individuals'"));
    EXPECT_THAT(refusal(R"({"server_urls": ["https://a.example.org", 1]})").message, HasSubstr("'server_urls'"));
}

TEST(ConfigurationText, NamesASettingOutOfItsRange) {
    EXPECT_THAT(refusal(R"({"threads": {"workers": 0}})").message,
                HasSubstr("'threads.workers' lies between 1 and 256"));
    EXPECT_THAT(refusal(R"({"threads": {"workers": -1}})").message, HasSubstr("'threads.workers'"));
    EXPECT_THAT(refusal(R"({"accounts": {"session_hours": 1.5}})").message, HasSubstr("'accounts.session_hours'"));
    EXPECT_THAT(refusal(R"({"limits": {"requests_per_account": 0}})").message,
                HasSubstr("'limits.requests_per_account'"));
    EXPECT_THAT(refusal(R"({"accounts": {"session_hours": 99999999999999999999999}})").message,
                HasSubstr("'accounts.session_hours'"));
}

TEST(ConfigurationText, MayNotSayAThingTwice) {
    EXPECT_THAT(refusal(R"({"listen": "127.0.0.1:1", "listen": "127.0.0.1:2"})").message, HasSubstr("twice"));
    EXPECT_THAT(refusal(R"({"mail": {"from": "a", "from": "b"}})").message, HasSubstr("'from'"));
}

TEST(ConfigurationText, IsOneJsonObject) {
    for (const auto* text : {"", "[]", "1", "{", "{} {}", "{\"listen\": \"\xff\"}", "\xef\xbb\xbf[]"})
        EXPECT_EQ(refusal(text).code, ErrorCode::invalidInput) << text;
}

TEST(ListenAddress, IsAnAddressAndAPort) {
    const auto four = parseListenAddress("127.0.0.1:8443");
    ASSERT_TRUE(four.ok());
    EXPECT_EQ(four->address, "127.0.0.1");
    EXPECT_EQ(four->port, 8443);
    const auto six = parseListenAddress("[::]:0");
    ASSERT_TRUE(six.ok());
    EXPECT_EQ(six->address, "::");
    EXPECT_EQ(six->port, 0);
}

TEST(ListenAddress, IsRefusedInAnyOtherForm) {
    for (const auto* text : {"", "8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:x", "::1:8443",
                             "127.0.0.1:80 ", ":8443", "127.0.0.1:-1"})
        EXPECT_FALSE(parseListenAddress(text).ok()) << text;
}

} // namespace
} // namespace ssprotect::kodiacd
