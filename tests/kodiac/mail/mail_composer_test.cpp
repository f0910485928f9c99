#include "kodiac/mail/mime_encoding.h"
#include "post_office.h"
#include "ssprotect/base/json.h"
#include "support/program_run.h"
#include "support/survival.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

ClaimedMail claimed(MailKind kind) {
    OutgoingMail sample = sampleMail(kind);
    ClaimedMail mail;
    mail.id = *MailId::fromHexText("000102030405060708090a0b0c0d0e0f");
    mail.kind = kind;
    mail.recipient = sample.recipient;
    mail.facts = sample.facts;
    mail.code = std::move(sample.code);
    mail.created = TimePoint{Duration{1'770'000'000'000}};
    if (sample.expires)
        mail.facts["expires"] = std::to_string(toUnixMillis(*sample.expires));
    return mail;
}

std::string composed(const ClaimedMail& mail, const MailComposer& composer = sampleComposer()) {
    const auto message = composer.compose(mail);
    EXPECT_TRUE(message.ok()) << (message ? "" : message.error().message);
    return message ? std::string(message->begin(), message->end()) : std::string();
}

/// As a mail program understands it.
Json readBack(const std::string& message) {
    const auto result =
        support::ProgramRun({"/usr/bin/python3", SSPROTECT_SOURCE_DIR "/tests/kodiac/mail/read_mail.py"}, {}, message)
            .wait();
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return Json::parse(result.out, nullptr, false);
}

TEST(MailComposer, AMailProgramReadsBackWhatWasMeant) {
    const Json mail = readBack(composed(claimed(MailKind::registrationCode)));
    const Json& headers = mail.at("headers");
    EXPECT_EQ(headers.at("from"), "SSProtect <kodiac@example.org>");
    EXPECT_EQ(headers.at("to"), "bob@example.org");
    EXPECT_EQ(headers.at("subject"), "Your invitation to SSProtect at Müller & Söhne <Forschung>");
    EXPECT_EQ(headers.at("message-id"), "<000102030405060708090a0b0c0d0e0f@kodiac.example.org>");
    EXPECT_EQ(headers.at("auto-submitted"), "auto-generated");
    EXPECT_EQ(mail.at("seconds"), 1'770'000'000);
    EXPECT_EQ(mail.at("times_named"), 1) << "a header stands there twice";
    EXPECT_EQ(mail.at("type"), "multipart/alternative");
    EXPECT_EQ(mail.at("parts"), (Json{"text/plain", "text/html"}));
    EXPECT_THAT(mail.at("text").get<std::string>(), HasSubstr(std::string(kSampleCode)));
    EXPECT_THAT(mail.at("text").get<std::string>(), HasSubstr("Müller & Söhne <Forschung>"));
    EXPECT_THAT(mail.at("text").get<std::string>(), HasSubstr("until 2026-02-03 02:40 UTC"));
    EXPECT_THAT(mail.at("html").get<std::string>(), HasSubstr("Müller &amp; Söhne &lt;Forschung&gt;"));
}

TEST(MailComposer, EveryKindInGermanIsAValidMessage) {
    for (std::size_t kind = 0; kind < kMailKinds; ++kind) {
        ClaimedMail mail = claimed(static_cast<MailKind>(kind));
        mail.facts["language"] = "de";
        const Json read = readBack(composed(mail));
        EXPECT_EQ(read.at("headers").at("content-language"), "de");
        EXPECT_THAT(read.at("text").get<std::string>(), HasSubstr("Gesendet vom SSProtect-Server"));
    }
}

TEST(MailComposer, TheSameMailIsTheSameMessageToTheLastByte) {
    EXPECT_EQ(composed(claimed(MailKind::validated)), composed(claimed(MailKind::validated)));
}

TEST(MailComposer, AMessageIsAsciiInShortLinesThatEndWithCrLf) {
    ClaimedMail mail = claimed(MailKind::readyForValidation);
    mail.facts["organization"] = std::string(900, 'x') + "\xF0\x9F\x94\x92";
    mail.facts["language"] = "de";
    const std::string message = composed(mail);
    std::size_t start = 0;
    while (start < message.size()) {
        const auto end = message.find("\r\n", start);
        ASSERT_NE(end, std::string::npos);
        const auto line = message.substr(start, end - start);
        EXPECT_LE(line.size(), 78u) << line;
        EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; })) << line;
        start = end + 2;
    }
    EXPECT_THAT(readBack(message).at("headers").at("subject").get<std::string>(), HasSubstr("carol@example.org"));
}

TEST(MailComposer, WhateverTextAnOrganizationIsCalledArrivesAsItIs) {
    support::Dice dice(7);
    const std::vector<std::string> pieces{"a",  " ",  "  ", "=", "=?UTF-8?Q?x?=", ".",    "é",  "\xF0\x9F\x94\x92",
                                          "漢", "\"", "<",  "&", "From ",         "--=_", "\\", ",",
                                          ";",  "(",  ")"};
    for (int round = 0; round < 12; ++round) {
        std::string name = "O";
        const auto length = dice.next() % 60;
        for (std::uint64_t i = 0; i < length; ++i)
            name += pieces[dice.next() % pieces.size()];
        name += "g";
        ClaimedMail mail = claimed(MailKind::lockdownEngaged);
        mail.facts["organization"] = name;
        const Json read = readBack(composed(mail));
        EXPECT_EQ(read.at("headers").at("subject"), "LOCKDOWN at " + name);
        EXPECT_THAT(read.at("text").get<std::string>(), HasSubstr(name));
    }
}

TEST(MailComposer, NothingThatCouldAddAHeaderIsSent) {
    const auto composer = sampleComposer();
    for (const std::string bad : {"A\r\nBcc: eve@example.org", "A\nB", "A\rB", "A\x7F"}) {
        ClaimedMail mail = claimed(MailKind::lockdownEngaged);
        mail.recipient = "bob@example.org" + bad;
        const auto byAddress = composer.compose(mail);
        ASSERT_FALSE(byAddress.ok());
        EXPECT_EQ(byAddress.error().code, ErrorCode::invalidInput);
        mail = claimed(MailKind::lockdownEngaged);
        mail.facts["organization"] = bad;
        const auto byFact = composer.compose(mail);
        ASSERT_FALSE(byFact.ok());
        EXPECT_EQ(byFact.error().code, ErrorCode::invalidInput);
    }
}

TEST(MailComposer, ASenderThatNoHeaderCarriesIsRefusedAtTheStart) {
    const auto refused = [](auto spoil) {
        MailSender sender = sampleSender();
        spoil(sender);
        return !MailComposer::make(*MailTexts::builtIn(), std::move(sender)).ok();
    };
    EXPECT_TRUE(refused([](MailSender& sender) { sender.address = "kodiac"; }));
    EXPECT_TRUE(refused([](MailSender& sender) { sender.address = "k@example.org\r\nX: y"; }));
    EXPECT_TRUE(refused([](MailSender& sender) { sender.name = "A\nB"; }));
    EXPECT_TRUE(refused([](MailSender& sender) { sender.serverName = "a>b"; }));
    EXPECT_TRUE(refused([](MailSender& sender) { sender.serverName.clear(); }));
    EXPECT_TRUE(refused([](MailSender& sender) { sender.serverUrl = "https://x\r\n"; }));
    EXPECT_FALSE(refused([](MailSender& sender) { sender.name = "SSProtect für Müller, \"die\" Ältere"; }));
}

TEST(MailComposer, ASenderWithAnOddNameIsShownRight) {
    MailSender sender = sampleSender();
    sender.name = "SSProtect für Müller, \"die\" Ältere";
    const auto composer = MailComposer::make(*MailTexts::builtIn(), sender);
    const Json mail = readBack(composed(claimed(MailKind::validated), *composer));
    EXPECT_THAT(mail.at("headers").at("from").get<std::string>(), HasSubstr("für Müller"));
    EXPECT_THAT(mail.at("headers").at("from").get<std::string>(), HasSubstr("<kodiac@example.org>"));
}

TEST(MailComposer, WhoeverSignedUpWithAnAddressIsNotNamedByIt) {
    ClaimedMail mail = claimed(MailKind::registrationCode);
    mail.facts["actor"] = mail.recipient;
    const auto text = readBack(composed(mail)).at("text").get<std::string>();
    EXPECT_THAT(text, HasSubstr("omebody who gave your address"));
    EXPECT_THAT(text, Not(HasSubstr("bob@example.org has made")));
}

TEST(MailComposer, AFactThatIsMissingIsAnErrorAndNoMail) {
    ClaimedMail mail = claimed(MailKind::lockdownEngaged);
    mail.facts.clear();
    EXPECT_EQ(sampleComposer().compose(mail).error().code, ErrorCode::notFound);
}

TEST(MimeEncoding, QuotedPrintableHidesWhatWouldNotSurvive) {
    const auto quoted = [](std::string_view text) {
        WipedBytes bytes;
        appendQuotedPrintable(bytes, text);
        return std::string(bytes.begin(), bytes.end());
    };
    EXPECT_EQ(quoted("a=b\n"), "a=3Db\r\n");
    EXPECT_EQ(quoted("end \nend\t\n"), "end=20\r\nend=09\r\n");
    EXPECT_EQ(quoted("no line end"), "no line end\r\n");
    EXPECT_EQ(quoted("ü\r\n"), "=C3=BC=0D\r\n");
    EXPECT_EQ(quoted(""), "");
    EXPECT_EQ(quoted(std::string(76, 'x')), std::string(75, 'x') + "=\r\nx\r\n");
}

TEST(MimeEncoding, DatesAreThoseOfRfc5322) {
    EXPECT_EQ(mailDate(TimePoint{}), "Thu, 01 Jan 1970 00:00:00 +0000");
    EXPECT_EQ(mailDate(TimePoint{Duration{1'770'000'000'999}}), "Mon, 02 Feb 2026 02:40:00 +0000");
}

} // namespace
} // namespace ssprotect::kodiac::mail
