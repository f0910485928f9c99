#include "post_office.h"
#include "ssprotect/kodiac/mail_reason.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using testing::IsEmpty;

struct Unfit {
    std::string name;
    std::function<void(OutgoingMail&)> spoil;
};
void PrintTo(const Unfit& unfit, std::ostream* out) { *out << unfit.name; }

class UnfitMailTest : public testing::TestWithParam<Unfit> {};

INSTANTIATE_TEST_SUITE_P(
    Kinds, UnfitMailTest,
    testing::Values(
        Unfit{"LineBreakInTheAddress", [](auto& mail) { mail.recipient = "bob@example.org\r\nBcc: eve@example.org"; }},
        Unfit{"NulInTheAddress", [](auto& mail) { mail.recipient = std::string("bob@example.org\0", 16); }},
        Unfit{"TwoAddresses", [](auto& mail) { mail.recipient = "bob@example.org, eve@example.org"; }},
        Unfit{"AngleBrackets", [](auto& mail) { mail.recipient = "x><eve@example.org"; }},
        Unfit{"NonAsciiAddress",
              [](auto& mail) {
                  mail.recipient = "b\xC3\xB6"
                                   "b@example.org";
              }},
        Unfit{"NoAddress", [](auto& mail) { mail.recipient.clear(); }},
        Unfit{"LineFeedInAFact", [](auto& mail) { mail.facts["organization"] = "A\nBcc: eve@example.org"; }},
        Unfit{"CarriageReturnInAFact", [](auto& mail) { mail.facts["actor"] = "A\rB"; }},
        Unfit{"NulInAFact", [](auto& mail) { mail.facts["organization"] = std::string("A\0B", 3); }},
        Unfit{"NextLineInAFact",
              [](auto& mail) {
                  mail.facts["organization"] = "A\xC2\x85"
                                               "B";
              }},
        Unfit{"LineSeparatorInAFact",
              [](auto& mail) {
                  mail.facts["organization"] = "A\xE2\x80\xA8"
                                               "B";
              }},
        Unfit{"NoUtf8", [](auto& mail) { mail.facts["organization"] = "A\xFF"; }},
        Unfit{"NoUtf8AsAName", [](auto& mail) { mail.facts["\xFF"] = "A"; }},
        Unfit{"AFactIsMissing", [](auto& mail) { mail.facts.erase("organization"); }},
        Unfit{"AFactTooMany", [](auto& mail) { mail.facts["file"] = "secret.docx"; }},
        Unfit{"AFactIsEndless", [](auto& mail) { mail.facts["organization"] = std::string(100'000, 'x'); }},
        Unfit{"NoCode", [](auto& mail) { mail.code = {}; }},
        Unfit{"NoExpiry", [](auto& mail) { mail.expires.reset(); }},
        Unfit{"ACodeWhereNoneBelongs",
              [](auto& mail) {
                  mail = sampleMail(MailKind::validated);
                  mail.code = crypto::SecretBytes::copyOf(viewOf("code"));
              }},
        Unfit{"AnUnknownRole",
              [](auto& mail) {
                  mail = sampleMail(MailKind::roleChanged);
                  mail.facts["role"] = "emperor";
              }}),
    [](const auto& each) { return each.param.name; });

TEST_P(UnfitMailTest, IsKeptAsFailedAndDoesNotFailItsOperation) {
    PostOffice office;
    OutgoingMail mail = sampleMail(MailKind::registrationCode);
    GetParam().spoil(mail);
    office.queue(mail);
    EXPECT_THAT(office.claim(), IsEmpty());
    const auto delivery = office.delivery(mail.kind);
    ASSERT_TRUE(delivery.has_value());
    EXPECT_EQ(delivery->state, DeliveryState::failed);
    EXPECT_EQ(delivery->error, mailreason::kInvalid);
    EXPECT_FALSE(office.resend(mail.kind));
    EXPECT_EQ(office.number("SELECT COUNT(*) FROM mails WHERE sealed IS NOT NULL"), 0);
}

} // namespace
} // namespace ssprotect::kodiac
