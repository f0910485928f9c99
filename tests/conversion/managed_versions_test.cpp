#include "engine_world.h"
#include "support/memory_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::conversion::test {
namespace {

using ssprotect::test::FakeAuthorisation;
using testing::ElementsAre;
using testing::IsEmpty;

class ManagedVersions : public testing::Test {
protected:
    void SetUp() override {
        disk->seedDirectory("/workspace");
        disk->seedFile(plan, text, 0640);
        disk->seedExtended(plan, "user.project", viewOf("north"));
        ASSERT_EQ(wordOf(engine.activate(plan)), "ok");
    }
    Bytes contentAt(const Path& path) { return disk->content(path).value(); }
    Result<OpenedDocument> open() { return engine.converter.openVersion({plan, document, {}}, {}); }
    StoreTask storeTask(const OpenedDocument& opened) {
        StoreTask task;
        task.plaintext = document;
        task.target = plan;
        task.expected = opened.identityBytes;
        task.grant = opened.grant;
        task.accountName = "anna@example.com";
        return task;
    }
    StoreOutcome store(const OpenedDocument& opened) { return engine.converter.storeVersion(storeTask(opened), {}); }

    const Path plan = kDocs / "plan.odt";
    const Path document = "/workspace/plan.odt";
    const Path conflict = kDocs / "plan (conflict, anna@example.com, 2026-02-02).odt";
    const Bytes text = secretText("anna", 30'000);
    const Bytes edited = secretText("edited", 31'000);
    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    Engine engine{*disk};
};

TEST_F(ManagedVersions, AreTakenOutIntoAPrivateFileAndTheContainerStays) {
    const Bytes container = contentAt(plan);
    const auto opened = open();
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(contentAt(document), text);
    EXPECT_EQ(disk->attributes(document)->mode, 0600u);
    EXPECT_EQ(contentAt(plan), container);
    EXPECT_EQ(opened->identity.version, 1u);
    EXPECT_EQ(opened->latest, 1u);
    EXPECT_EQ(opened->size, text.size());
    EXPECT_FALSE(opened->grant.isNull());
}

TEST_F(ManagedVersions, ComeBackAsTheNextVersionWithTheContainersAttributesAndTheTimeOfNow) {
    const auto opened = open();
    disk->overwrite(document, edited);
    engine.clock.advance(Duration{5000});
    const auto outcome = store(*opened);
    ASSERT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_EQ(outcome.identity.file, opened->identity.file);
    EXPECT_EQ(outcome.identity.version, 2u);
    EXPECT_FALSE(outcome.conflict);
    EXPECT_EQ(outcome.path, plan);
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), edited);
    const auto attributes = disk->attributes(plan).value();
    EXPECT_EQ(attributes.mode, 0640u);
    EXPECT_EQ(attributes.extended.size(), 1u);
    EXPECT_EQ(attributes.modifiedNanos, toUnixMillis(engine.clock.now()) * 1'000'000);
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
    EXPECT_EQ(contentAt(document), edited);
}

TEST_F(ManagedVersions, SpendTheGrantOnce) {
    const auto opened = open();
    ASSERT_FALSE(store(*opened).error);
    engine.authority.logout();
    auto again = storeTask(*opened);
    again.expected = engine.records.storedAt(plan)->identity.bytes();
    EXPECT_EQ(engine.converter.storeVersion(again, {}).error->code, ErrorCode::refused);
}

TEST_F(ManagedVersions, AreStoredAfterTheSessionEnded) {
    const auto opened = open();
    disk->overwrite(document, edited);
    engine.authority.logout();
    EXPECT_FALSE(store(*opened).error);
    EXPECT_EQ(open().error().code, ErrorCode::notLoggedIn);
}

TEST_F(ManagedVersions, AskBeforeThePlaintextAppearsAndBeforeKodiacCommits) {
    const auto refusal = [](const auto&) { return Status(makeError(ErrorCode::diskFull, "no room for the journal")); };
    EXPECT_EQ(engine.converter.openVersion({plan, document, refusal}, {}).error().code, ErrorCode::diskFull);
    EXPECT_FALSE(disk->content(document));

    const auto opened = open();
    auto task = storeTask(*opened);
    task.begun = refusal;
    const Bytes before = contentAt(plan);
    const auto outcome = engine.converter.storeVersion(task, {});
    EXPECT_EQ(outcome.error->code, ErrorCode::diskFull);
    EXPECT_FALSE(outcome.undecided);
    EXPECT_EQ(contentAt(plan), before);
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(ManagedVersions, TellWhichVersionTheyWillBe) {
    const auto opened = open();
    auto task = storeTask(*opened);
    VersionNumber told = 0;
    task.begun = [&](const container::Identity& identity) {
        told = identity.version;
        EXPECT_EQ(engine.kodiac.progressOf(identity.file, identity.version), StoreProgress::begun);
        return Status{};
    };
    EXPECT_EQ(engine.converter.storeVersion(task, {}).identity.version, 2u);
    EXPECT_EQ(told, 2u);
}

TEST_F(ManagedVersions, OfADamagedContainerAreRefusedAndNoPlaintextStays) {
    Bytes damaged = contentAt(plan);
    damaged[damaged.size() - 20] ^= 1;
    disk->overwrite(plan, damaged);
    EXPECT_EQ(open().error().code, ErrorCode::integrity);
    EXPECT_FALSE(disk->content(document));
    EXPECT_THAT(disk->filesContaining(secretText("anna", 24)), IsEmpty());
}

TEST_F(ManagedVersions, WarnWhenTheContainerIsOlderThanSeen) {
    const Bytes first = contentAt(plan);
    ASSERT_FALSE(store(*open()).error);
    disk->overwrite(plan, first);
    ASSERT_TRUE(disk->remove(document).ok());
    const auto opened = open();
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(opened->olderThanSeen);
    EXPECT_EQ(opened->latest, 2u);
}

TEST_F(ManagedVersions, ThatMeetAnotherVersionAreBothKept) {
    const auto opened = open();
    const auto other = engine.converter.openVersion({plan, "/workspace/other", {}}, {});
    auto peers = storeTask(*other);
    peers.plaintext = "/workspace/other";
    ASSERT_FALSE(engine.converter.storeVersion(peers, {}).error);

    disk->overwrite(document, edited);
    const auto outcome = store(*opened);
    ASSERT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_TRUE(outcome.conflict);
    EXPECT_EQ(outcome.path, conflict);
    EXPECT_EQ(outcome.identity.version, 3u);
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), text);
    EXPECT_EQ(engine.authority.contentOf(contentAt(conflict)).value(), edited);
    EXPECT_EQ(disk->attributes(conflict)->mode, 0640u);
    EXPECT_EQ(engine.records.storedAt(conflict)->identity.version, 3u);
}

TEST_F(ManagedVersions, KeepOutOfAPlainFileThatTookThePlace) {
    const auto opened = open();
    disk->overwrite(plan, viewOf("somebody's notes"));
    const auto outcome = store(*opened);
    EXPECT_TRUE(outcome.conflict);
    EXPECT_EQ(contentAt(plan), copyOf(viewOf("somebody's notes")));
    EXPECT_EQ(engine.authority.contentOf(contentAt(conflict)).value(), text);
}

TEST_F(ManagedVersions, TakeASynchronisedCopyOfTheSameVersionForTheSame) {
    const auto opened = open();
    const Bytes same = contentAt(plan);
    ASSERT_TRUE(disk->remove(plan).ok());
    disk->seedFile(plan, same, 0644, 5);
    const auto outcome = store(*opened);
    EXPECT_FALSE(outcome.error);
    EXPECT_FALSE(outcome.conflict);
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
}

TEST_F(ManagedVersions, FillThePlaceOfAContainerThatIsGone) {
    const auto opened = open();
    ASSERT_TRUE(disk->remove(plan).ok());
    const auto outcome = store(*opened);
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.path, plan);
    EXPECT_TRUE(isContainer(contentAt(plan)));
}

TEST_F(ManagedVersions, CanComeFromAnOpenFileThatHasNoName) {
    const auto opened = open();
    ssprotect::test::MemoryFile sealed(edited);
    auto task = storeTask(*opened);
    task.plaintext.clear();
    task.content = &sealed;
    const auto outcome = engine.converter.storeVersion(task, {});
    ASSERT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), edited);
}

TEST_F(ManagedVersions, BeginAChainForAFileThatTheApplicationLeft) {
    disk->seedFile("/workspace/export.pdf", edited);
    StoreTask task;
    task.plaintext = "/workspace/export.pdf";
    task.target = kDocs / "export.pdf";
    task.accountName = "anna@example.com";
    const auto outcome = engine.converter.storeVersion(task, {});
    ASSERT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_EQ(outcome.identity.version, 1u);
    EXPECT_EQ(disk->attributes(kDocs / "export.pdf")->mode, 0600u);
    EXPECT_EQ(engine.authority.contentOf(contentAt(kDocs / "export.pdf")).value(), edited);

    const auto second = engine.converter.storeVersion(task, {});
    EXPECT_TRUE(second.conflict);
    EXPECT_NE(second.identity.file, outcome.identity.file);
}

TEST_F(ManagedVersions, ThatKodiacCountedAreNeverDroppedWhenTheirPlaceIsRefused) {
    const auto opened = open();
    disk->overwrite(document, edited);
    // From the replacement on every step fails: neither the place nor a conflict name can be had.
    const auto probe = disk->operationCount();
    unsigned replaceAt = 0;
    {
        auto copy = makeDisk();
        for (const auto& [path, content] : filesOf(*disk))
            copy->seedFile(path, content);
        Engine rehearsal(*copy, engine.kodiac);
        ASSERT_FALSE(rehearsal.converter.storeVersion(storeTask(*opened), {}).error);
        for (const auto& operation : copy->operations())
            if (operation.kind == support::OperationKind::replace)
                replaceAt = operation.ordinal;
    }
    ASSERT_NE(replaceAt, 0u);
    disk->failFrom(probe + replaceAt, support::Fault::ioError);
    const auto outcome = store(*opened);
    ASSERT_TRUE(outcome.error);
    EXPECT_TRUE(outcome.undecided);
    EXPECT_EQ(engine.kodiac.progressOf(outcome.identity.file, 2), StoreProgress::committed);

    disk->failFrom(~0u, support::Fault::ioError);
    const auto report = engine.recoverFiles();
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::completed);
    EXPECT_EQ(engine.authority.contentOf(contentAt(plan)).value(), edited);
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
}

} // namespace
} // namespace ssprotect::conversion::test
