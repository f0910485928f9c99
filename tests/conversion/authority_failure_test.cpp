#include "engine_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// KODiAC refuses, or its answers do not arrive.
namespace ssprotect::conversion::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Step = ssprotect::test::FakeAuthorisation::Step;

const Error kRefusal = makeError(ErrorCode::accountDisabled, "the account is disabled");
const Error kUnreachable = makeError(ErrorCode::kodiacUnreachable, "no connection");

class AuthorityFailure : public testing::Test {
protected:
    void SetUp() override { disk->seedFile(plan, text); }
    Bytes contentAt(const Path& path) { return disk->content(path).value(); }
    void expectUntouched() {
        EXPECT_EQ(contentAt(plan), text);
        EXPECT_THAT(documents(*disk), ElementsAre("plan"));
        EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
        EXPECT_EQ(engine.kodiac.committedCount(), 0u);
    }

    const Path plan = kDocs / "plan";
    const Bytes text = secretText("anna", 3000);
    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    Engine engine{*disk};
};

TEST_F(AuthorityFailure, ARefusedBeginTouchesNothing) {
    engine.authority.refuse(Step::begin, kRefusal);
    EXPECT_EQ(wordOf(engine.activate(plan)), "account-disabled");
    expectUntouched();
    EXPECT_EQ(disk->operationCount(), 0u);
}

TEST_F(AuthorityFailure, ARefusedItemTouchesNothing) {
    engine.authority.refuseItems(Step::begin, kRefusal);
    EXPECT_EQ(wordOf(engine.activate(plan)), "account-disabled");
    expectUntouched();
    EXPECT_EQ(disk->operationCount(), 0u);
}

TEST_F(AuthorityFailure, ALostAnswerToBeginTouchesNothing) {
    engine.authority.loseReply(Step::begin);
    EXPECT_EQ(wordOf(engine.activate(plan)), "kodiac-unreachable");
    expectUntouched();
}

TEST_F(AuthorityFailure, AMissingKeyGivesTheVersionNumberBack) {
    engine.authority.refuse(Step::keys, makeError(ErrorCode::foreignFile, "no key"));
    EXPECT_EQ(wordOf(engine.activate(plan)), "foreign-file");
    expectUntouched();
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(AuthorityFailure, ARefusedCommitRemovesTheTemporary) {
    engine.authority.refuse(Step::commit, kRefusal);
    EXPECT_EQ(wordOf(engine.activate(plan)), "account-disabled");
    expectUntouched();
}

TEST_F(AuthorityFailure, ARefusedItemOfACommitRemovesItsTemporary) {
    engine.authority.refuseItems(Step::commit, kRefusal);
    EXPECT_EQ(wordOf(engine.activate(plan)), "account-disabled");
    expectUntouched();
}

TEST_F(AuthorityFailure, ALostAnswerToCommitIsAskedForAndTheFileIsProtected) {
    engine.authority.loseReply(Step::commit);
    EXPECT_EQ(wordOf(engine.activate(plan)), "ok");
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), text);
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
}

TEST_F(AuthorityFailure, ACommitNobodyCanAskAboutWaitsAsCiphertextForTheNextSession) {
    engine.authority.loseReply(Step::commit);
    engine.authority.refuse(Step::progress, kUnreachable);
    EXPECT_EQ(wordOf(engine.activate(plan)), "kodiac-unreachable");
    EXPECT_EQ(contentAt(plan), text);
    EXPECT_EQ(disk->filesContaining(secretText("anna", 24)), std::vector{plan});

    const auto report = engine.recoverFiles();
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::waiting);
    EXPECT_FALSE(report.nothingLeft());

    engine.authority.forgive();
    const auto later = engine.recoverWithSession();
    ASSERT_EQ(later.items.size(), 1u);
    EXPECT_EQ(later.items.front().outcome, RecoveryOutcome::completed);
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), text);
    EXPECT_TRUE(engine.records.storedAt(plan));
    EXPECT_THAT(documents(*disk), ElementsAre("plan"));
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
}

TEST_F(AuthorityFailure, ACommitThatNeverArrivedIsUndoneInTheNextSession) {
    engine.authority.refuse(Step::commit, kUnreachable);
    engine.authority.refuse(Step::progress, kUnreachable);
    EXPECT_EQ(wordOf(engine.activate(plan)), "kodiac-unreachable");
    engine.authority.forgive();
    const auto report = engine.recoverWithSession();
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::undone);
    expectUntouched();
    EXPECT_EQ(engine.kodiac.begunCount(), 0u) << "KODiAC was not told of the gap";
}

TEST_F(AuthorityFailure, AnotherAccountsWaitingVersionIsLeftToIt) {
    engine.authority.loseReply(Step::commit);
    engine.authority.refuse(Step::progress, kUnreachable);
    engine.activate(plan);
    Engine bert(*disk, engine.kodiac, 2, 8);
    const auto report = bert.recoverWithSession();
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::waiting);
    EXPECT_EQ(contentAt(plan), text);
}

TEST_F(AuthorityFailure, AFileThatChangedBeforeTheLateAnswerIsKeptBesideTheVersion) {
    engine.authority.loseReply(Step::commit);
    engine.authority.refuse(Step::progress, kUnreachable);
    engine.activate(plan);
    engine.authority.forgive();
    disk->overwrite(plan, viewOf("written since"));
    const auto report = engine.recoverWithSession();
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::keptBoth);
    EXPECT_EQ(contentAt(plan), copyOf(viewOf("written since")));
    EXPECT_EQ(engine.authority.contentOf(contentAt(report.items.front().copy)).value(), text);
    EXPECT_TRUE(engine.records.storedAt(report.items.front().copy));
}

TEST_F(AuthorityFailure, AHostlistThatCannotBeWrittenIsBroughtUpToDateLater) {
    engine.records.failWith(makeError(ErrorCode::diskFull, "no room"));
    EXPECT_EQ(wordOf(engine.activate(plan)), "ok");
    EXPECT_FALSE(engine.records.storedAt(plan));
    engine.recoverFiles();
    engine.records.failWith(std::nullopt);
    EXPECT_TRUE(engine.recoverWithSession().nothingLeft());
    EXPECT_TRUE(engine.records.storedAt(plan));
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
}

TEST_F(AuthorityFailure, ALostAnswerToOpenLeavesTheContainer) {
    ASSERT_EQ(wordOf(engine.activate(plan)), "ok");
    const Bytes container = contentAt(plan);
    engine.authority.loseReply(Step::open);
    EXPECT_EQ(wordOf(engine.release(plan)), "kodiac-unreachable");
    EXPECT_EQ(contentAt(plan), container);
    EXPECT_EQ(wordOf(engine.release(plan)), "ok");
}

TEST_F(AuthorityFailure, AnExpiredSessionRefusesKeysAndTouchesNothing) {
    engine.authority.logout();
    EXPECT_EQ(wordOf(engine.activate(plan)), "not-logged-in");
    expectUntouched();
}

} // namespace
} // namespace ssprotect::conversion::test
