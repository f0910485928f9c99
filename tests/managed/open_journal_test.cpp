#include "managed/open_journal.h"
#include "support/fault_file_system.h"
#include "support/seeded_random.h"

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

using platform::Path;

class OpenJournalOfAHome : public testing::Test {
protected:
    OpenJournalOfAHome() {
        files_.seedDirectory("/home");
        files_.seedDirectory("/work/abc");
        EXPECT_TRUE(journal_.prepare());
        entry_.id = "00112233445566778899aabbccddeeff";
        entry_.account = AccountId::random(random_);
        entry_.recipient = key_.publicKey();
        entry_.container = "/documents/letter";
        entry_.workspace = "/work/abc";
        entry_.name = "letter";
    }

    std::string unsealed() {
        auto file = journal_.openDocument(entry_, key_);
        Bytes content(100);
        auto got = file ? (*file)->readAt(0, content) : Result<std::size_t>(file.error());
        return got ? std::string(textOf(content).substr(0, *got)) : got.error().message;
    }

    support::FaultFileSystem files_;
    test::SeededRandom random_{1};
    crypto::AgreementKey key_ = crypto::AgreementKey::generate(random_);
    OpenJournal journal_{files_, random_, "/home"};
    JournalEntry entry_;
};

TEST_F(OpenJournalOfAHome, KeepsARecordUntilItIsRemoved) {
    ASSERT_TRUE(journal_.write(entry_));
    auto found = journal_.entries();
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ((*found)[0].entry->container, entry_.container);
    ASSERT_TRUE(journal_.remove(entry_));
    EXPECT_TRUE(journal_.entries()->empty());
}

TEST_F(OpenJournalOfAHome, HoldsTheLatestSaveAlone) {
    EXPECT_FALSE(*journal_.sealed(entry_));
    files_.seedFile("/work/abc/letter", viewOf("first"), 0600, 5);
    auto stamp = journal_.seal(entry_, entry_.document());
    ASSERT_TRUE(stamp);
    EXPECT_EQ(*stamp, (DocumentStamp{5, 5}));
    EXPECT_EQ(unsealed(), "first");
    files_.seedFile("/work/abc/letter", viewOf("the second"), 0600, 6);
    ASSERT_TRUE(journal_.seal(entry_, entry_.document()));
    EXPECT_EQ(**journal_.sealed(entry_), (DocumentStamp{10, 6}));
    EXPECT_EQ(unsealed(), "the second");
    EXPECT_EQ(files_.list("/home/managed")->size(), 1u);
}

TEST_F(OpenJournalOfAHome, KeepsTheOldSaveWhenSealingFails) {
    files_.seedFile("/work/abc/letter", viewOf("first"));
    ASSERT_TRUE(journal_.seal(entry_, entry_.document()));
    files_.seedFile("/work/abc/letter", viewOf("the second"));
    files_.failFrom(files_.operationCount() + 1, support::Fault::diskFull);
    EXPECT_EQ(journal_.seal(entry_, entry_.document()).error().code, ErrorCode::diskFull);
    EXPECT_EQ(unsealed(), "first");
}

TEST_F(OpenJournalOfAHome, SweepsWhatCrashesLeftAndNothingElse) {
    ASSERT_TRUE(journal_.write(entry_));
    files_.seedFile("/work/abc/letter", viewOf("text"));
    files_.seedFile("/work/abc/picture", viewOf("extra"));
    ASSERT_TRUE(journal_.seal(entry_, entry_.document()));
    auto extra = journal_.sealExtra(entry_, "picture");
    ASSERT_TRUE(extra);
    entry_.extras.push_back(*extra);
    ASSERT_TRUE(journal_.write(entry_));
    const auto kept = files_.list("/home/managed")->size();
    files_.seedFile("/home/managed/ffffffffffffffffffffffffffffffff.sealed", viewOf("orphan"));
    files_.seedFile("/home/managed/" + entry_.id + "-9.sealed", viewOf("orphan"));
    files_.seedFile("/home/managed/.ssp-0123456789abcdef~", viewOf("half"));
    ASSERT_TRUE(journal_.prepare());
    EXPECT_EQ(files_.list("/home/managed")->size(), kept);
    EXPECT_EQ(unsealed(), "text");
}

TEST_F(OpenJournalOfAHome, KeepsTheSavesOfARecordThatCannotBeRead) {
    files_.seedFile("/home/managed/" + entry_.id + ".open", viewOf("garbage"));
    files_.seedFile("/home/managed/" + entry_.id + ".sealed", viewOf("save"));
    files_.seedFile("/home/managed/" + entry_.id + "-1.sealed", viewOf("save"));
    ASSERT_TRUE(journal_.prepare());
    EXPECT_EQ(files_.list("/home/managed")->size(), 3u);
    auto found = journal_.entries();
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ((*found)[0].entry.error().code, ErrorCode::dataDamaged);
}

TEST_F(OpenJournalOfAHome, GivesEachExtraASaveOfItsOwn) {
    files_.seedFile("/work/abc/a", viewOf("one"));
    files_.seedFile("/work/abc/b", viewOf("two"));
    for (const char* name : {"a", "b"}) {
        auto extra = journal_.sealExtra(entry_, name);
        ASSERT_TRUE(extra);
        entry_.extras.push_back(*extra);
    }
    EXPECT_NE(entry_.extras[0].save, entry_.extras[1].save);
    Bytes content(10);
    auto file = journal_.openExtra(entry_, entry_.extras[1], key_);
    ASSERT_TRUE(file);
    ASSERT_EQ(*(*file)->readAt(0, content), 3u);
    EXPECT_EQ(textOf(content).substr(0, 3), "two");
}

} // namespace
} // namespace ssprotect::managed
