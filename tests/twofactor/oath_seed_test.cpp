#include "ssprotect/twofactor/hotp.h"
#include "ssprotect/twofactor/oath_seed.h"

#include <random>

#include <gtest/gtest.h>

namespace ssprotect::twofactor {
namespace {

// The 20 bytes of RFC 4226, appendix D.
constexpr const char* kBase32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
constexpr std::string_view kSecret = "12345678901234567890";

void expectSeed(const std::string& text, std::uint32_t digits = 6, std::uint64_t counter = 0) {
    const auto seed = parseOathSeed(text);
    ASSERT_TRUE(seed.ok()) << text << ": " << seed.error().message;
    EXPECT_EQ(textOf(seed->secret.view()), kSecret) << text;
    EXPECT_EQ(seed->digits, digits) << text;
    EXPECT_EQ(seed->counter, counter) << text;
}

void expectRefused(const std::string& text) {
    const auto seed = parseOathSeed(text);
    ASSERT_FALSE(seed.ok()) << text;
    EXPECT_EQ(seed.error().code, ErrorCode::invalidInput) << text;
}

std::string address(const std::string& query) { return "otpauth://hotp/Example:ada@example.org?" + query; }
std::string withSecret(const std::string& rest) { return address("secret=" + std::string(kBase32) + rest); }

TEST(OathSeed, ReadsASecretHoweverItIsWritten) {
    expectSeed(kBase32);
    expectSeed("gezd gnbv gy3t qojq gezd gnbv gy3t qojq");
    expectSeed(" GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ\r\n");
    expectSeed(std::string(kBase32) + "======");
}

TEST(OathSeed, ReadsAnAddress) {
    expectSeed(withSecret("&counter=0"));
    expectSeed(withSecret("&counter=42&digits=8&issuer=Example&algorithm=SHA1"), 8, 42);
    expectSeed("OTPAUTH://HOTP/label?SECRET=" + std::string(kBase32) + "%3D%3d==&Digits=7", 7);
    expectSeed(address("issuer=a&&x&secret=" + std::string(kBase32)));
}

TEST(OathSeed, GivesTheTokensCodes) {
    const auto seed = parseOathSeed(withSecret("&counter=1"));
    EXPECT_EQ(hotpCode(seed->secret, seed->counter, static_cast<int>(seed->digits)), "287082"); // as published
}

TEST(OathSeed, RefusesWhatIsNoSeed) {
    expectRefused("");
    expectRefused(" \n ");
    expectRefused("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0");
    expectRefused("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ8");
    expectRefused(std::string(kBase32) + "=A");
    expectRefused(std::string("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\0", 33));
    expectRefused("https://example.org/?secret=" + std::string(kBase32));
}

TEST(OathSeed, RefusesSecretsThatAreCutTooShortOrTooLong) {
    expectRefused("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQG");                    // five bits too many
    expectRefused("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGF");                   // bits left over that are not zero
    expectRefused("GEZDGNBVGY3TQOJQGEZDGNBV");                             // 15 bytes
    EXPECT_TRUE(parseOathSeed("GEZDGNBVGY3TQOJQGEZDGNBVGY").ok());         // 16
    EXPECT_TRUE(parseOathSeed(std::string(104, 'A').substr(0, 103)).ok()); // 64
    expectRefused(std::string(104, 'A'));                                  // 65
    expectRefused(std::string(100'000, 'A'));
}

TEST(OathSeed, RefusesClocksOtherHashesAndNumbersOutOfRange) {
    expectRefused("otpauth://totp/x?secret=" + std::string(kBase32));
    expectRefused("otpauth://");
    expectRefused("otpauth://hotp/x");
    expectRefused(address(""));
    expectRefused(address("counter=1"));
    for (const char* rest : {"&algorithm=SHA256", "&algorithm=", "&digits=5", "&digits=9", "&digits=", "&digits=+6",
                             "&digits=6x", "&counter=-1", "&counter=", "&counter=99999999999999999999999",
                             "&counter=9007199254740993", "&secret=AAAA", "&counter=1&counter=1", "&digits"})
        expectRefused(withSecret(rest));
}

TEST(OathSeed, NeverQuotesTheTextInItsError) {
    const std::string hidden = "GEZDGNBVGY3TQOJQ1";
    for (const auto& text : {hidden, address("secret=" + hidden), address("secret=" + hidden + "&digits=77")}) {
        const auto seed = parseOathSeed(text);
        ASSERT_FALSE(seed.ok());
        EXPECT_EQ(seed.error().message.find(hidden), std::string::npos);
    }
}

TEST(OathSeed, SurvivesAnything) {
    std::mt19937 random(1);
    const std::string whole = withSecret("&counter=42&digits=8&algorithm=SHA1");
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = whole.substr(0, 1 + random() % whole.size());
        for (unsigned changes = random() % 3; changes > 0; --changes)
            text[random() % text.size()] = static_cast<char>(random());
        const auto seed = parseOathSeed(text);
        if (!seed) {
            ++refused;
            continue;
        }
        EXPECT_GE(seed->secret.size(), kLeastSeed);
        EXPECT_LE(seed->secret.size(), kMostSeed);
        EXPECT_TRUE(seed->digits >= 6 && seed->digits <= 8);
    }
    EXPECT_GT(refused, 5'000);
}

} // namespace
} // namespace ssprotect::twofactor
