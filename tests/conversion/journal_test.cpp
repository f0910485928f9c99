#include "engine_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::conversion::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

BatchRecord sampleRecord() {
    BatchRecord record;
    record.kind = BatchKind::store;
    record.account = AccountId(std::array<Byte, 16>{1});
    record.session = kodiac::SessionId(std::array<Byte, 16>{2});
    JournalItem item;
    item.stage = ItemStage::prepared;
    item.target = kDocs / std::string("caf\xE9\n.odt"); // not UTF-8, with a line feed
    item.temporary = kDocs / ".ssp-0123456789abcdef~";
    item.file = FileId(std::array<Byte, 16>{3});
    item.version = 4;
    item.owner = record.account;
    item.standing.emplace();
    item.standing->size = 5;
    item.standing->modifiedNanos = -6;
    item.standing->inode = 7;
    item.expected.emplace();
    item.expected->fill(8);
    item.made.emplace();
    item.made->device = ~std::uint64_t{0};
    record.items.push_back(item);
    return record;
}

class JournalOfBatches : public testing::Test {
protected:
    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    ssprotect::test::SeededRandom random{1};
    Journal journal{*disk, kJournal, random};
};

TEST_F(JournalOfBatches, GivesBackWhatItWasGiven) {
    static_cast<void>(journal.begin(sampleRecord()).value());
    const auto leftovers = journal.leftovers().value();
    ASSERT_THAT(leftovers, SizeIs(1));
    const auto& record = leftovers.front().record.value();
    const auto wanted = sampleRecord();
    EXPECT_EQ(record.kind, wanted.kind);
    EXPECT_EQ(record.account, wanted.account);
    EXPECT_EQ(record.session, wanted.session);
    ASSERT_THAT(record.items, SizeIs(1));
    const auto& item = record.items.front();
    const auto& original = wanted.items.front();
    EXPECT_EQ(item.stage, original.stage);
    EXPECT_EQ(item.target, original.target);
    EXPECT_EQ(item.temporary, original.temporary);
    EXPECT_EQ(item.file, original.file);
    EXPECT_EQ(item.version, original.version);
    EXPECT_EQ(item.owner, original.owner);
    EXPECT_TRUE(item.standing->sameContentAs(*original.standing));
    EXPECT_EQ(item.expected, original.expected);
    EXPECT_EQ(item.made->device, original.made->device);
}

TEST_F(JournalOfBatches, HidesWhatIsRunningAndForgetsWhatIsCleared) {
    {
        auto entry = journal.begin(sampleRecord()).value();
        EXPECT_THAT(journal.leftovers().value(), IsEmpty());
        EXPECT_TRUE(entry.clear().ok());
    }
    EXPECT_THAT(journal.leftovers().value(), IsEmpty());
}

TEST_F(JournalOfBatches, NamesADamagedRecordAndLeavesIt) {
    static_cast<void>(journal.begin(sampleRecord()).value());
    const auto name = journal.leftovers().value().front().name;
    const Path file = kJournal / (name + ".batch");
    const Bytes good = disk->content(file).value();
    for (std::size_t at = 0; at < good.size(); at += 7) {
        Bytes damaged = good;
        damaged[at] ^= 0x20;
        disk->overwrite(file, damaged);
        const auto leftovers = journal.leftovers().value();
        ASSERT_THAT(leftovers, SizeIs(1));
        EXPECT_EQ(leftovers.front().record.error().code, ErrorCode::dataDamaged) << at;
    }
    for (const std::size_t kept : {std::size_t{0}, std::size_t{64}, good.size() - 1}) {
        disk->overwrite(file, ByteView(good).first(kept));
        EXPECT_EQ(journal.leftovers().value().front().record.error().code, ErrorCode::dataDamaged);
    }
}

TEST_F(JournalOfBatches, HasNothingWhereThereIsNoFolder) {
    Journal none(*disk, "/nowhere/journal", random);
    EXPECT_THAT(none.leftovers().value(), IsEmpty());
    EXPECT_TRUE(none.prepare().ok());
    EXPECT_TRUE(none.begin(sampleRecord()).ok());
}

TEST_F(JournalOfBatches, SweepsWhatACrashInsideAWriteLeft) {
    disk->seedFile(kJournal / ".ssp-0123456789abcdef~", viewOf("half"));
    EXPECT_TRUE(journal.prepare().ok());
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
}

TEST_F(JournalOfBatches, OfADamagedRecordIsReportedByRecoveryWithoutHarm) {
    Engine engine(*disk);
    disk->seedFile(kJournal / "00.batch", viewOf("not a record"));
    const auto before = filesOf(*disk);
    const auto report = engine.recoverFiles();
    ASSERT_THAT(report.items, SizeIs(1));
    EXPECT_EQ(report.items.front().outcome, RecoveryOutcome::unreadable);
    EXPECT_FALSE(report.nothingLeft());
    EXPECT_EQ(filesOf(*disk), before);
}

TEST_F(JournalOfBatches, HoldsNeitherContentNorKeys) {
    disk->seedFile(kDocs / "plan", secretText("anna", 4000));
    // The moment when most is known: everything is made, nothing is cleared.
    disk->crashAfter(20);
    Engine engine(*disk);
    engine.activate(kDocs / "plan");
    const auto survivor = disk->survivingDisk({support::Keeps::everything, 0});
    bool found = false;
    for (const auto& [path, content] : filesOf(*survivor)) {
        if (path.parent_path() != kJournal)
            continue;
        found = true;
        const std::string text(textOf(content));
        EXPECT_EQ(text.find("secret"), std::string::npos);
        EXPECT_EQ(text.find("key"), std::string::npos);
    }
    EXPECT_TRUE(found);
}

} // namespace
} // namespace ssprotect::conversion::test
