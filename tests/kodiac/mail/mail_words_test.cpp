#include "ssprotect/kodiac/mail_kind.h"
#include "ssprotect/kodiac/mail_reason.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

using testing::SizeIs;

TEST(MailReason, EachHasASentenceOfItsOwnAndStrangeOnesHaveOneToo) {
    std::set<std::string> sentences;
    for (const auto word :
         {mailreason::kUnreachable, mailreason::kTimedOut, mailreason::kBrokenOff, mailreason::kNotServing,
          mailreason::kTls, mailreason::kLogin, mailreason::kSender, mailreason::kRecipient, mailreason::kTryLater,
          mailreason::kMail, mailreason::kFolder, mailreason::kExpired, mailreason::kInvalid, mailreason::kIntegrity,
          mailreason::kTemplate, mailreason::kOther})
        sentences.insert(mailReasonSentence(word));
    EXPECT_THAT(sentences, SizeIs(16));
    EXPECT_EQ(mailReasonSentence("something new"), mailReasonSentence(mailreason::kOther) + " (Reply new.)");
    EXPECT_THAT(mailReasonSentence("recipient-refused 550"), testing::EndsWith("(Reply 550.)"));
}

TEST(MailKindWords, AreReadBackAndDiffer) {
    for (std::size_t i = 0; i < kMailKinds; ++i)
        EXPECT_EQ(mailKindOf(mailKindWord(static_cast<MailKind>(i))), static_cast<MailKind>(i));
    EXPECT_FALSE(mailKindOf("love-letter").has_value());
}

} // namespace
} // namespace ssprotect::kodiac
