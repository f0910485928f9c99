#include "session_home.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/session/host_list.h"
#include "support/odd_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::session {
namespace {

using ::testing::ElementsAre;

class HostLists : public ::testing::Test {
protected:
    vchain::StoredRecord row(const platform::Path& path, Byte file, VersionNumber version, std::uint64_t size = 10) {
        vchain::StoredRecord record{path, {}, size};
        record.identity.file = FileId({file});
        record.identity.version = version;
        record.identity.owner = account;
        record.identity.creator = account;
        record.identity.storedAt = home.clock.now();
        return record;
    }
    void store(const vchain::StoredRecord& record) { ASSERT_TRUE(list.recordStored({&record, 1})); }
    void release(const platform::Path& path, Byte file, VersionNumber version) {
        const vchain::ReleasedRecord record{path, FileId({file}), version, account, session};
        ASSERT_TRUE(list.recordReleased({&record, 1}));
    }
    std::vector<std::string> paths(const HostListQuery& query = {}) {
        std::vector<std::string> shown;
        const auto page = list.list(query);
        EXPECT_TRUE(page);
        for (const auto& each : page->rows)
            shown.push_back(each.path.generic_string());
        return shown;
    }
    /// A container's header of that chain, as a file.
    void writeContainer(const platform::Path& path, Byte file) {
        container::Identity identity;
        identity.file = FileId({file});
        identity.version = 1;
        Bytes bytes = copyOf(identity.bytes());
        bytes.resize(container::kHeaderSize + 56 + 16);
        ASSERT_TRUE(platform::writeWhole(*home.files, path, bytes));
    }

    SessionHome home;
    const AccountId account = AccountId({1});
    const kodiac::SessionId session = kodiac::SessionId({7});
    HostList list{home.database(), home.environment(), account};
};

TEST_F(HostLists, ShowARowForEachPathAsLastStored) {
    store(row("/a", 1, 1));
    store(row("/b", 2, 4));
    store(row("/a", 1, 2, 77));
    const auto page = list.list({});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total, 2u);
    ASSERT_EQ(page->rows.size(), 2u);
    EXPECT_EQ(page->rows[0].version, 2u);
    EXPECT_EQ(page->rows[0].size, 77u);
    EXPECT_TRUE(page->rows[0].own);
    EXPECT_EQ(page->rows[0].storedAt, home.clock.now());
}

TEST_F(HostLists, TakePathsInTheirNormalForm) {
    store(row("/home/ada/../ada/./a", 1, 1));
    EXPECT_THAT(paths(), ElementsAre("/home/ada/a"));
    EXPECT_TRUE(*list.at("/home/ada/x/../a"));
    EXPECT_EQ(*list.lastSeen("/home/ada//a", FileId({1})), 1u);
}

TEST_F(HostLists, RowsGoWithTheRelease) {
    store(row("/a", 1, 3));
    release("/a", 1, 3);
    EXPECT_TRUE(paths().empty());
    const auto released = list.releasedAt("/a");
    ASSERT_TRUE(released && *released);
    EXPECT_EQ((*released)->file, FileId({1}));
    EXPECT_EQ((*released)->version, 3u);
    EXPECT_EQ((*released)->owner, account);
    EXPECT_EQ((*released)->session, session);
    EXPECT_FALSE(*list.releasedAt("/b"));
}

TEST_F(HostLists, ForgetTheReleaseOnceThePathIsStoredAgain) {
    store(row("/a", 1, 1));
    release("/a", 1, 1);
    store(row("/a", 1, 2));
    EXPECT_FALSE(*list.releasedAt("/a"));
    release("/a", 1, 2);
    release("/a", 5, 9);
    EXPECT_EQ((*list.releasedAt("/a"))->file, FileId({5})) << "the last release of a path counts";
}

TEST_F(HostLists, RememberTheNewestVersionSeenAtAPath) {
    EXPECT_EQ(*list.lastSeen("/a", FileId({1})), 0u);
    store(row("/a", 1, 5));
    store(row("/a", 1, 3));
    EXPECT_EQ(*list.lastSeen("/a", FileId({1})), 5u) << "an older version put back does not lower it";
    store(row("/a", 2, 1));
    EXPECT_EQ(*list.lastSeen("/a", FileId({1})), 5u);
    release("/a", 2, 1);
    EXPECT_EQ(*list.lastSeen("/a", FileId({1})), 5u);
    EXPECT_EQ(*list.lastSeen("/b", FileId({1})), 0u);
}

TEST_F(HostLists, AreOnePerAccount) {
    store(row("/a", 1, 1));
    HostList other(home.database(), home.environment(), AccountId({2}));
    EXPECT_EQ(other.list({})->total, 0u);
    EXPECT_EQ(*other.lastSeen("/a", FileId({1})), 0u);
}

TEST_F(HostLists, CanShowOnlyTheNewestOfEachChain) {
    store(row("/a", 1, 1));
    store(row("/copy of a", 1, 2));
    store(row("/older copy", 1, 1));
    store(row("/b", 2, 1));
    store(row("/same b", 2, 1));
    EXPECT_EQ(paths().size(), 5u);
    HostListQuery exclusive;
    exclusive.exclusive = true;
    EXPECT_THAT(paths(exclusive), ElementsAre("/b", "/copy of a"));
    EXPECT_EQ(list.list(exclusive)->total, 2u);
}

TEST_F(HostLists, ShowOpenedOnesFirst) {
    store(row("/a", 1, 1));
    store(row("/z", 2, 1));
    ASSERT_TRUE(list.markOpened("/z", true));
    EXPECT_THAT(paths(), ElementsAre("/z", "/a"));
    EXPECT_EQ(list.list({})->rows[0].state, ItemState::opened);
    EXPECT_EQ(list.list({})->rows[0].opened, home.clock.now());
    store(row("/z", 2, 2));
    EXPECT_THAT(paths(), ElementsAre("/z", "/a")) << "a store does not close it";
    ASSERT_TRUE(list.markOpened("/z", false));
    EXPECT_THAT(paths(), ElementsAre("/a", "/z"));
    ASSERT_TRUE(list.markOpened("/nowhere", true));
    ASSERT_TRUE(list.markOpened("/z", true));
    ASSERT_TRUE(list.clearOpened());
    EXPECT_THAT(paths(), ElementsAre("/a", "/z"));
}

TEST_F(HostLists, AreSearchedSortedAndPaged) {
    store(row("/docs/Beta", 1, 3, 30));
    store(row("/docs/alpha", 2, 1, 10));
    store(row("/else/Gamma", 3, 2, 20));
    EXPECT_THAT(paths({.search = "DOCS/"}), ElementsAre("/docs/alpha", "/docs/Beta"));
    EXPECT_THAT(paths({.search = "%"}), ElementsAre());
    EXPECT_THAT(paths({.order = HostListOrder::size}), ElementsAre("/docs/alpha", "/else/Gamma", "/docs/Beta"));
    EXPECT_THAT(paths({.order = HostListOrder::version, .descending = true}),
                ElementsAre("/docs/Beta", "/else/Gamma", "/docs/alpha"));
    EXPECT_THAT(paths({.order = HostListOrder::name}), ElementsAre("/docs/alpha", "/docs/Beta", "/else/Gamma"));
    EXPECT_THAT(paths({.offset = 1, .limit = 1}), ElementsAre("/docs/Beta"));
    EXPECT_EQ(list.list({.offset = 1, .limit = 1})->total, 3u);
}

TEST_F(HostLists, TellWhatBecameOfAFile) {
    const auto at = [&](const char* name) { return home.folder / name; };
    for (Byte file = 1; file <= 5; ++file)
        store(row(at(("file" + std::to_string(file)).c_str()), file, 1));
    writeContainer(at("file1"), 1);
    writeContainer(at("file2"), 9);
    ASSERT_TRUE(platform::writeWhole(*home.files, at("file3"), viewOf("plain text")));
    ASSERT_TRUE(platform::writeWhole(*home.files, at("file4"), ByteView(container::Identity{}.bytes()).first(40)));
    std::vector<std::string_view> states;
    const auto page = list.list({});
    for (const auto& each : page->rows)
        states.push_back(itemStateWord(each.state));
    EXPECT_THAT(states, ElementsAre("protected", "missing", "plain", "damaged", "missing"));
}

TEST_F(HostLists, KeepPathsThatAreNoUtf8) {
    const platform::Path odd = support::oddPath();
    store(row(odd, 1, 1));
    EXPECT_EQ(list.list({})->rows[0].path, odd);
    EXPECT_TRUE(*list.at(odd));
}

TEST_F(HostLists, ComeBackInTheNextProcess) {
    store(row("/a", 1, 1));
    home.crash();
    HostList again(home.database(), home.environment(), account);
    EXPECT_EQ(again.list({})->total, 1u);
}

TEST_F(HostLists, TakeTenThousandRows) {
    std::vector<vchain::StoredRecord> rows;
    for (int i = 0; i < 10'000; ++i) {
        rows.push_back(row("/tree/folder " + std::to_string(i % 100) + "/document " + std::to_string(i), 1, 1));
        rows.back().identity.file = FileId::random(home.random);
    }
    ASSERT_TRUE(list.recordStored(rows));
    const auto page = list.list({.exclusive = true, .offset = 9'900, .limit = 500});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total, 10'000u);
    EXPECT_EQ(page->rows.size(), 100u);
}

TEST_F(HostLists, SpeakJsonAsTheCommandLinePromises) {
    store(row("/a", 1, 2));
    const Json json = toJson(*list.list({}));
    ASSERT_EQ(json["hostlist"].size(), 1u);
    const Json& first = json["hostlist"][0];
    EXPECT_EQ(first["path"], ipc::pathToText(platform::Path("/a").make_preferred()));
    EXPECT_EQ(first["file_id"], "01000000000000000000000000000000");
    EXPECT_EQ(first["version"], 2);
    EXPECT_EQ(first["state"], "missing");
    EXPECT_EQ(first["ownership"], "own");
    EXPECT_EQ(first["mode"], "optimized");
    EXPECT_EQ(first["size"], 10);
    EXPECT_EQ(first["opened"], false);
    EXPECT_EQ(json["total"], 1);
}

} // namespace
} // namespace ssprotect::session
