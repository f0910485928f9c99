#include "ssprotect/platform/application_association.h"
#include "ssprotect/platform/code_signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using State = CodeSignature::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

CodeSignature signature(State state) { return {state, "Some Maker", {1, 2, 3}}; }

Status decide(State state, bool unsignedAppsAllowed) {
    return mayGetPlaintext(signature(state), "/programs/editor", unsignedAppsAllowed);
}

TEST(CodeSignature, OfATrustedMakerLetsAProgramHavePlaintext) {
    EXPECT_TRUE(decide(State::trusted, false).ok());
    EXPECT_TRUE(decide(State::trusted, true).ok());
}

TEST(CodeSignature, MayBeMissingOrUnknownOnlyWithUnsignedApps) {
    for (const State state : {State::none, State::untrusted}) {
        const auto refused = decide(state, false);
        EXPECT_EQ(refused.error().code, ErrorCode::refused);
        EXPECT_THAT(refused.error().message, HasSubstr("'/programs/editor'"));
        EXPECT_THAT(refused.error().message, HasSubstr("Unsigned Apps"));
        EXPECT_TRUE(decide(state, true).ok());
    }
    EXPECT_THAT(decide(State::none, false).error().message, HasSubstr("is not signed"));
    EXPECT_THAT(decide(State::untrusted, false).error().message, HasSubstr("'Some Maker'"));
}

TEST(CodeSignature, MayNeverBeBroken) {
    for (const bool allowed : {false, true})
        EXPECT_THAT(decide(State::damaged, allowed).error().message, HasSubstr("was changed after it was signed"));
}

TEST(CodeSignature, IsOursOnlyWithTheVeryKey) {
    const Bytes ours{1, 2, 3};
    EXPECT_TRUE(isSignedWith(signature(State::trusted), ours));
    EXPECT_TRUE(isSignedWith(signature(State::untrusted), ours)) << "our key needs nobody else's trust";
    EXPECT_FALSE(isSignedWith(signature(State::damaged), ours));
    EXPECT_FALSE(isSignedWith(signature(State::none), ours));
    EXPECT_FALSE(isSignedWith(signature(State::trusted), Bytes{1, 2}));
    EXPECT_FALSE(isSignedWith(signature(State::trusted), Bytes{1, 2, 4}));
    EXPECT_FALSE(isSignedWith({State::trusted, "", {}}, Bytes{}));
}

TEST(CommandOfAnApplication, HasTheDocumentInEverySlotOrAtItsEnd) {
    const std::string slot(1, kDocumentSlot);
    EXPECT_THAT(commandFor({"Editor", {"editor", "-n"}, {}}, "/a b"), ElementsAre("editor", "-n", "/a b"));
    EXPECT_THAT(commandFor({"Editor", {"editor", slot, "-o", "--at=" + slot + "!"}, {}}, "/a b"),
                ElementsAre("editor", "/a b", "-o", "--at=/a b!"));
}

} // namespace
} // namespace ssprotect::platform
