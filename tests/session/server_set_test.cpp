#include "ssprotect/crypto/certificate.h"
#include "ssprotect/session/server_set.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using ::testing::ElementsAre;

std::string authority() {
    test::ManualClock clock;
    test::SeededRandom random{3};
    return crypto::makeCertificateAuthority("Example", clock.now(), random)->certificate;
}

TEST(ServerSet, HasOneSpelling) {
    const std::string pin = authority();
    const auto checked = checkedServers({{"HTTPS://Kodiac.Example.org/", "https://kodiac.example.org",
                                          "https://[::1]:8443", "https://10.0.0.1:443"},
                                         {pin, "before\n" + pin + "after"}});
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_THAT(checked->urls,
                ElementsAre("https://kodiac.example.org", "https://[::1]:8443", "https://10.0.0.1:443"));
    EXPECT_EQ(checked->pins.size(), 1u);
    EXPECT_EQ(*checkedServers(*checked), *checked);
}

TEST(ServerSet, RefusesWhatIsNoAddressOfAKodiac) {
    const std::string pin = authority();
    for (const auto* url : {"", "kodiac.example.org", "http://kodiac.example.org", "https://", "https://a/b",
                            "https://a:0", "https://a:65536", "https://a:", "https://a b", "https://user@a",
                            "https://a?x", "https://[::1", "https://a\n.example.org"})
        EXPECT_FALSE(checkedServers({{url}, {pin}})) << url;
}

TEST(ServerSet, NeedsAddressesAndCasTogether) {
    EXPECT_TRUE(checkedServers({}));
    EXPECT_FALSE(checkedServers({{"https://a"}, {}}));
    EXPECT_FALSE(checkedServers({{}, {authority()}}));
    EXPECT_FALSE(checkedServers({{"https://a"}, {"no certificate"}}));
}

TEST(ServerSet, IsTheSameKodiacWithAnAddressInCommon) {
    const ServerSet embedded;
    const ServerSet one{{"https://a", "https://b"}, {}};
    const ServerSet other{{"https://b", "https://c"}, {}};
    EXPECT_TRUE(sameKodiac(one, other));
    EXPECT_FALSE(sameKodiac(one, {{"https://c"}, {}}));
    EXPECT_FALSE(sameKodiac(one, embedded));
    EXPECT_TRUE(sameKodiac(embedded, {}));
}

} // namespace
} // namespace ssprotect::session
