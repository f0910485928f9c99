#include "post_office.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string textIn(const WipedBytes& bytes) { return std::string(bytes.begin(), bytes.end()); }

Result<std::string> rendered(std::string_view text, const MailTexts::Values& values,
                             Escaping escaping = Escaping::none) {
    auto parsed = MailTemplate::parse(text);
    if (!parsed)
        return parsed.error();
    auto made = parsed->render(
        [&](std::string_view name) -> std::optional<std::string_view> {
            const auto found = values.find(name);
            return found == values.end() ? std::nullopt : std::optional<std::string_view>(found->second);
        },
        escaping);
    if (!made)
        return made.error();
    return textIn(*made);
}

TEST(MailTemplate, PutsValuesInTheirPlacesAndLeavesTheRestAlone) {
    EXPECT_EQ(*rendered("{{a}}{{b}} and {a} } {{a}}", {{"a", "1"}, {"b", "2"}}), "12 and {a} } 1");
    EXPECT_EQ(*rendered("", {}), "");
    EXPECT_EQ(*rendered("{{a}}", {{"a", "{{b}}"}, {"b", "no"}}), "{{b}}") << "values are no templates";
}

TEST(MailTemplate, EscapesValuesForHtmlButNotItsOwnText) {
    EXPECT_EQ(*rendered("<b>{{a}}</b>", {{"a", "<i>\"x\" & 'y'</i>"}}, Escaping::html),
              "<b>&lt;i&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/i&gt;</b>");
}

TEST(MailTemplate, AValueThatIsMissingIsNamed) {
    const auto made = rendered("{{a}}", {});
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::notFound);
    EXPECT_THAT(made.error().message, HasSubstr("{{a}}"));
}

TEST(MailTemplate, WhatIsNoPlaceholderBetweenBracesIsRefused) {
    for (const auto* text : {"{{", "{{a", "{{a}", "{{}}", "{{ a }}", "{{a.b}}", "{{{a}}}", "{{A}}"})
        EXPECT_FALSE(MailTemplate::parse(text).ok()) << text;
}

struct KindAndLanguage {
    MailKind kind;
    std::string language;
};
void PrintTo(const KindAndLanguage& each, std::ostream* out) { *out << mailKindWord(each.kind) << each.language; }

std::vector<KindAndLanguage> everyKindAndLanguage() {
    std::vector<KindAndLanguage> all;
    for (std::size_t kind = 0; kind < kMailKinds; ++kind)
        for (const auto* language : {"en", "de"})
            all.push_back({static_cast<MailKind>(kind), language});
    return all;
}

class MailTextsOfAKindTest : public testing::TestWithParam<KindAndLanguage> {};

INSTANTIATE_TEST_SUITE_P(All, MailTextsOfAKindTest, testing::ValuesIn(everyKindAndLanguage()), [](const auto& each) {
    std::string name = std::string(mailKindWord(each.param.kind)) + each.param.language;
    std::erase(name, '-');
    return name;
});

TEST_P(MailTextsOfAKindTest, SayWhoSentItToWhomAndCarryTheCodeWhereOneBelongs) {
    const auto texts = MailTexts::builtIn();
    ASSERT_TRUE(texts.ok()) << texts.error().message;
    const MailKind kind = GetParam().kind;
    MailTexts::Values values = sampleMail(kind).facts;
    values["organization"] = "A & B";
    values["recipient"] = "bob@example.org";
    values["server"] = "https://kodiac.example.org";
    values["language"] = GetParam().language;
    if (carriesCode(kind))
        values["expires"] = "2026-01-31 08:15 UTC";
    const auto mail = texts->render(kind, values, carriesCode(kind) ? kSampleCode : "", "en");
    ASSERT_TRUE(mail.ok()) << mail.error().message;
    EXPECT_EQ(mail->language, GetParam().language);
    for (const auto& text : {textIn(mail->text), textIn(mail->html)}) {
        EXPECT_THAT(text, HasSubstr("bob@example.org"));
        EXPECT_THAT(text, HasSubstr("https://kodiac.example.org"));
        EXPECT_THAT(text, Not(HasSubstr("{{")));
        EXPECT_EQ(text.find(kSampleCode) != std::string::npos, carriesCode(kind));
        EXPECT_EQ(text.find("2026-01-31 08:15 UTC") != std::string::npos, carriesCode(kind));
        for (const auto name : factsOf(kind))
            if (wordsOfFact(name).empty() && name != fact::kOrganization && name != fact::kExpires) {
                EXPECT_THAT(text, HasSubstr(values.at(std::string(name)))) << name;
            }
    }
    EXPECT_THAT(textIn(mail->text), HasSubstr("A & B"));
    EXPECT_THAT(textIn(mail->html), HasSubstr("A &amp; B"));
    EXPECT_THAT(textIn(mail->subject), Not(HasSubstr(std::string(kSampleCode))));
    EXPECT_THAT(textIn(mail->subject), Not(HasSubstr("\n")));
    EXPECT_GT(mail->subject.size(), 5u);
}

TEST(MailTexts, WordsOfFactsAreSaidInTheMailsLanguage) {
    const auto texts = MailTexts::builtIn();
    const auto say = [&](std::string_view role, std::string_view language) {
        MailTexts::Values values = sampleMail(MailKind::roleChanged).facts;
        values["role"] = role;
        values["actor"] = "operator";
        values["recipient"] = "bob@example.org";
        values["server"] = "x";
        const auto mail = texts->render(MailKind::roleChanged, values, "", language);
        EXPECT_TRUE(mail.ok());
        return textIn(mail->text);
    };
    EXPECT_THAT(say("delegate", "en"), HasSubstr("a Delegate"));
    EXPECT_THAT(say("delegate", "en"), HasSubstr("whoever runs the server"));
    EXPECT_THAT(say("user", "de"), HasSubstr("Benutzer ohne Verwaltungsrechte"));
    EXPECT_THAT(say("user", "de"), HasSubstr("Betreiber des Servers"));
}

TEST(MailTexts, ALanguageThatIsUnknownIsTheServersAndThenEnglish) {
    const auto texts = MailTexts::builtIn();
    ASSERT_TRUE(texts.ok());
    EXPECT_THAT(texts->languages(), ElementsAre("de", "en"));
    MailTexts::Values values = sampleMail(MailKind::validated).facts;
    values["recipient"] = values["server"] = "x";
    values["language"] = "tlh";
    EXPECT_EQ(texts->render(MailKind::validated, values, "", "de")->language, "de");
    EXPECT_EQ(texts->render(MailKind::validated, values, "", "fr")->language, "en");
}

class OwnTextsTest : public testing::Test {
protected:
    void put(const std::string& name, std::string_view content) {
        const auto path = folder_ / name;
        ASSERT_TRUE(files_->createDirectories(path.parent_path()).ok());
        ASSERT_TRUE(platform::writeWhole(*files_, path, viewOf(content)).ok());
    }
    Result<MailTexts> texts() { return MailTexts::withOverrides(*files_, folder_.path()); }

    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

TEST_F(OwnTextsTest, TakeThePlaceOfTheProgramsOneByOne) {
    put("en/validated.subject", "Welcome to {{organization}}\r\n");
    put("README", "not a language");
    const auto own = texts();
    ASSERT_TRUE(own.ok()) << own.error().message;
    MailTexts::Values values = sampleMail(MailKind::validated).facts;
    values["organization"] = "Acme";
    values["recipient"] = values["server"] = "x";
    const auto mail = own->render(MailKind::validated, values, "", "en");
    EXPECT_EQ(textIn(mail->subject), "Welcome to Acme");
    EXPECT_THAT(textIn(mail->text), HasSubstr("first login"));
}

TEST_F(OwnTextsTest, ThatNameWhatTheirKindDoesNotKnowAreRefusedBeforeAnyMailIsSent) {
    put("en/validated.txt", "Hello {{version}}");
    const auto own = texts();
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().code, ErrorCode::invalidInput);
    EXPECT_THAT(own.error().message, HasSubstr("validated.txt"));
    EXPECT_THAT(own.error().message, HasSubstr("{{version}}"));
}

TEST_F(OwnTextsTest, MayNotShowTheCodeInASubject) {
    put("en/registration-code.subject", "{{code}}");
    EXPECT_FALSE(texts().ok());
}

TEST_F(OwnTextsTest, WithASubjectOfTwoLinesAreRefused) {
    put("en/validated.subject", "Hello\nBcc: eve@example.org");
    EXPECT_FALSE(texts().ok());
}

TEST_F(OwnTextsTest, WithoutAPlaceForTheContentAreRefused) {
    put("en/layout.html", "<html></html>");
    EXPECT_FALSE(texts().ok());
}

TEST_F(OwnTextsTest, OfAnotherLanguageAreWholeOrRefused) {
    put("fr/validated.subject", "Bonjour");
    const auto own = texts();
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().code, ErrorCode::notFound);
    EXPECT_THAT(own.error().message, HasSubstr("'fr'"));
}

TEST_F(OwnTextsTest, LackingAWordAreRefused) {
    put("en/words", "actor.operator = somebody\n");
    EXPECT_FALSE(texts().ok());
    put("en/words", "no sense");
    EXPECT_FALSE(texts().ok());
}

TEST_F(OwnTextsTest, InAFolderThatIsNotThereAreMissed) {
    const auto own = MailTexts::withOverrides(*files_, folder_ / "nowhere");
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().code, ErrorCode::notFound);
}

} // namespace
} // namespace ssprotect::kodiac::mail
