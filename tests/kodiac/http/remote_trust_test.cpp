#include "remote_calls.h"
#include "scripted_kodiac.h"
#include "ssprotect/crypto/system_random.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac::http {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Whom the client takes for its KODiAC: the pinned CAs, the names in the URLs, the CA that the present one vouches
/// for.
TEST(RemoteTrustTest, TrustsOnlyThePinnedAuthorities) {
    ScriptedServer server([](int) { return goodReply(); });
    crypto::SystemRandom random;
    const SystemClock clock;
    auto settings = impatient({server.port()});
    settings.authorities = {crypto::makeCertificateAuthority("test", clock.now(), random)->certificate};
    EXPECT_EQ(codeOf(makeClient(settings)->perform(counted())), ErrorCode::peerRefused);
    settings.authorities.push_back(testAuthority().certificate);
    EXPECT_TRUE(makeClient(settings)->perform(counted()).ok());
    EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(RemoteTrustTest, TrustsACertificateOnlyForTheNameInTheUrl) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    crypto::SystemRandom random;
    const SystemClock clock;
    const std::vector<std::string> others{"kodiac.example.org", "127.0.0.2"};
    const auto other = crypto::makeServerCertificate(testAuthority(), others, clock.now(), random);
    ASSERT_TRUE(server->reload(*other).ok());
    const auto reply = makeClient(impatient({server->port()}))->perform(counted());
    EXPECT_EQ(codeOf(reply), ErrorCode::peerRefused);
    EXPECT_THAT(reply.error().message, HasSubstr("another name"));
    EXPECT_EQ(kodiac.calls(), 0);
}

TEST(RemoteTrustTest, AnExpiredCertificateIsSaid) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    crypto::SystemRandom random;
    const auto then = SystemClock().now() - std::chrono::days(500);
    const auto authority = crypto::makeCertificateAuthority("old", then, random);
    const auto old = crypto::makeServerCertificate(*authority, std::vector<std::string>{"127.0.0.1"}, then, random);
    ASSERT_TRUE(server->reload(*old).ok());
    auto settings = impatient({server->port()});
    settings.authorities = {authority->certificate};
    const auto reply = makeClient(settings)->perform(counted());
    EXPECT_EQ(codeOf(reply), ErrorCode::peerRefused);
    EXPECT_THAT(reply.error().message, HasSubstr("expired"));
}

TEST(RemoteTrustTest, LearnsTheNextAuthorityOnlyFromThePresentOne) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    const auto client = makeClient(clientSettingsFor({server->port()}));
    const auto none = client->nextPin();
    ASSERT_TRUE(none.ok());
    EXPECT_FALSE(none->has_value());

    crypto::SystemRandom random;
    const auto next = crypto::makeCertificateAuthority("next", SystemClock().now(), random);
    const Bytes announced = crypto::nextAuthorityBytes(next->certificate);
    server->setNextAuthority(NextAuthority{next->certificate, *crypto::signWithCertificateKey(next->key, announced)});
    EXPECT_EQ(codeOf(client->nextPin()), ErrorCode::integrity);

    server->setNextAuthority(
        NextAuthority{next->certificate, *crypto::signWithCertificateKey(testAuthority().key, announced)});
    const auto pin = client->nextPin();
    ASSERT_TRUE(pin.ok()) << pin.error().message;
    EXPECT_EQ(**pin, next->certificate);
}

TEST(RemoteTrustTest, GoesOnWithAServerThatChangesToTheNextAuthority) {
    ScriptedKodiac kodiac;
    auto server = startServer(kodiac);
    crypto::SystemRandom random;
    const SystemClock clock;
    const auto next = crypto::makeCertificateAuthority("next", clock.now(), random);
    const auto certificate =
        crypto::makeServerCertificate(*next, std::vector<std::string>{"127.0.0.1"}, clock.now(), random);
    const Bytes announced = crypto::nextAuthorityBytes(next->certificate);
    server->setNextAuthority(
        NextAuthority{next->certificate, *crypto::signWithCertificateKey(testAuthority().key, announced)});
    const auto told = makeClient(impatient({server->port()}));
    const auto untold = makeClient(impatient({server->port()}));
    ASSERT_TRUE(told->nextPin().ok());
    EXPECT_TRUE(told->perform(counted()).ok()) << "still under the present one";
    auto settings = testServerSettings();
    settings.port = server->port();
    server.reset(); // and with it the connections that stand
    server = startServer(kodiac, settings);
    ASSERT_TRUE(server->reload(*certificate).ok());
    EXPECT_TRUE(told->perform(counted()).ok());
    EXPECT_EQ(codeOf(untold->perform(counted())), ErrorCode::peerRefused);
}

TEST(RemoteTrustTest, UrlsAndCertificatesThatAreNoneAreRefused) {
    const SystemClock clock;
    for (const char* url : {"", "http://a", "https://", "https://a b", "https://a:0", "https://a:99999", "https://a:1x",
                            "https://a/path", "https://user@a", "https://[::1", "https://[g]", "https://a:"}) {
        RemoteSettings settings{{url}, {testAuthority().certificate}, {}};
        EXPECT_EQ(codeOf(RemoteKodiac::make(settings, clock)), ErrorCode::invalidInput) << url;
    }
    for (const char* url :
         {"https://a", "https://a/", "https://a.example.org:8443", "https://[::1]:1", "https://10.0.0.1"})
        EXPECT_TRUE(RemoteKodiac::make({{url}, {testAuthority().certificate}, {}}, clock).ok()) << url;
    EXPECT_FALSE(RemoteKodiac::make({{}, {testAuthority().certificate}, {}}, clock).ok());
    EXPECT_FALSE(RemoteKodiac::make({{"https://a"}, {}, {}}, clock).ok());
    EXPECT_FALSE(RemoteKodiac::make({{"https://a"}, {"nothing"}, {}}, clock).ok());
    EXPECT_FALSE(RemoteKodiac::make({{"https://a"}, {testCertificate().certificate}, {}}, clock).ok());
}

} // namespace
} // namespace ssprotect::kodiac::http
