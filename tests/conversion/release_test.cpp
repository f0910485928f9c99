#include "engine_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::conversion::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Release : public testing::Test {
protected:
    ItemResult protect(const Path& path, const Bytes& content, unsigned mode = 0640) {
        disk->seedFile(path, content, mode);
        auto result = engine.activate(path);
        EXPECT_EQ(wordOf(result), "ok");
        return result;
    }
    Bytes contentAt(const Path& path) { return disk->content(path).value(); }
    void flip(const Path& path, std::size_t at) {
        Bytes content = contentAt(path);
        content.at(at) ^= 1;
        disk->overwrite(path, content);
    }

    const Path plan = kDocs / "plan.odt";
    const Bytes text = secretText("anna", 50'000);
    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    Engine engine{*disk};
};

TEST_F(Release, GivesTheContentBackWithModeTimeAndAttributes) {
    disk->seedFile(plan, text, 0440);
    disk->seedExtended(plan, "user.project", viewOf("north"));
    const auto before = disk->attributes(plan).value();
    ASSERT_EQ(wordOf(engine.activate(plan)), "ok");
    const auto result = engine.release(plan);
    ASSERT_EQ(wordOf(result), "ok");
    EXPECT_EQ(contentAt(plan), text);
    const auto after = disk->attributes(plan).value();
    EXPECT_EQ(after.mode, before.mode);
    EXPECT_EQ(after.modifiedNanos, before.modifiedNanos);
    EXPECT_EQ(after.extended, before.extended);
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
}

TEST_F(Release, AsksKodiacForThatPurposeWithTheNewestVersionSeen) {
    protect(plan, text);
    ASSERT_EQ(wordOf(engine.release(plan)), "ok");
    const auto opens = engine.kodiac.opens();
    ASSERT_EQ(opens.size(), 1u);
    EXPECT_EQ(opens.front().purpose, Purpose::release);
    EXPECT_EQ(opens.front().lastSeen, 1u);
}

TEST_F(Release, ThenActivateContinuesTheChain) {
    const auto first = protect(plan, text);
    ASSERT_EQ(wordOf(engine.release(plan)), "ok");
    const auto again = engine.activate(plan);
    ASSERT_EQ(wordOf(again), "ok");
    EXPECT_EQ(again.file, first.file);
    EXPECT_EQ(again.version, 2u);
}

TEST_F(Release, ElsewhereThenActivateThereContinuesTheChainOfTheMovedFile) {
    const auto first = protect(plan, text);
    const Path moved = kDocs / "moved.odt";
    ASSERT_TRUE(disk->rename(plan, moved).ok());
    ASSERT_EQ(wordOf(engine.release(moved)), "ok");
    const auto again = engine.activate(moved);
    EXPECT_EQ(again.file, first.file);
    EXPECT_EQ(again.version, 2u);
}

TEST_F(Release, InAnEarlierSessionStillContinuesTheOwnersChain) {
    const auto first = protect(plan, text);
    ASSERT_EQ(wordOf(engine.release(plan)), "ok");
    engine.authority.newSession();
    EXPECT_EQ(engine.activate(plan).file, first.file);
}

class SharedRelease : public Release {
protected:
    /// Bert, of Anna's organization, releases a file of hers.
    void SetUp() override {
        owners = protect(plan, text);
        bertsConverter = std::make_unique<Converter>(
            Services{*disk, *berts, engine.records, engine.journal, engine.random, engine.clock, *engine.log},
            Effort{1, 1});
    }
    ItemResult asBert(Operation operation, const ConvertOptions& options = {}) {
        return bertsConverter->convert(operation, std::vector{plan}, options).front();
    }

    ItemResult owners;
    std::unique_ptr<ssprotect::test::FakeAuthorisation> berts =
        std::make_unique<ssprotect::test::FakeAuthorisation>(engine.kodiac, 2, 1);
    std::unique_ptr<Converter> bertsConverter;
};

TEST_F(SharedRelease, InAnEarlierSessionAsksBeforeTakingOwnership) {
    ASSERT_EQ(wordOf(asBert(Operation::release)), "ok");
    berts->newSession();
    EXPECT_EQ(wordOf(asBert(Operation::activate)), "take-ownership");
    EXPECT_EQ(contentAt(plan), text);
    ConvertOptions willing;
    willing.takeOwnership = true;
    const auto taken = asBert(Operation::activate, willing);
    EXPECT_EQ(wordOf(taken), "ok");
    EXPECT_NE(taken.file, owners.file);
    EXPECT_EQ(taken.version, 1u);
    EXPECT_EQ(engine.records.storedAt(plan)->identity.owner, berts->account());
}

TEST_F(Release, RefusesAPlainFile) {
    disk->seedFile(plan, text);
    EXPECT_EQ(wordOf(engine.release(plan)), "not-protected");
    EXPECT_EQ(contentAt(plan), text);
}

TEST_F(Release, RefusesAnotherOrganizationsContainer) {
    protect(plan, text);
    const Bytes container = contentAt(plan);
    Engine stranger(*disk, {}, 7, 3);
    EXPECT_EQ(wordOf(stranger.release(plan)), "foreign-file");
    EXPECT_EQ(contentAt(plan), container);
}

TEST_F(Release, RefusesAnyDamageAndLeavesTheFileAsItIs) {
    protect(plan, text);
    const Bytes good = contentAt(plan);
    for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{12}, std::size_t{33}, std::size_t{50},
                                 std::size_t{100}, std::size_t{110}, std::size_t{200}, std::size_t{250},
                                 std::size_t{300}, std::size_t{17'000}, good.size() - 1}) {
        disk->overwrite(plan, good);
        flip(plan, at);
        const Bytes damaged = contentAt(plan);
        EXPECT_EQ(wordOf(engine.release(plan)), "integrity") << at;
        EXPECT_EQ(contentAt(plan), damaged);
    }
    for (const std::size_t kept : {std::size_t{6}, std::size_t{200}, std::size_t{256}, good.size() - 1}) {
        disk->overwrite(plan, ByteView(good).first(kept));
        EXPECT_EQ(wordOf(engine.release(plan)), "integrity") << kept;
    }
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
    EXPECT_THAT(disk->filesContaining(secretText("anna", 24)), IsEmpty());
}

TEST_F(Release, SaysThatAnIdNamesNothing) {
    protect(plan, text);
    flip(plan, 20);
    EXPECT_EQ(wordOf(engine.release(plan)), "not-found");
}

TEST_F(Release, WithOverrideGivesEverythingThatAuthenticatesAndNamesTheRest) {
    protect(plan, text);
    flip(plan, 256 + 56 + 16'400 + 100); // the second chunk
    ConvertOptions override;
    override.overrideIntegrity = true;
    const auto result = engine.release({plan}, override).front();
    ASSERT_EQ(wordOf(result), "ok");
    ASSERT_EQ(result.damaged.size(), 1u);
    EXPECT_EQ(result.damaged.front().offset, 16'384u);
    EXPECT_EQ(result.damaged.front().length, 16'384u);
    const Bytes content = contentAt(plan);
    ASSERT_EQ(content.size(), text.size());
    EXPECT_TRUE(std::equal(content.begin(), content.begin() + 16'384, text.begin()));
    EXPECT_TRUE(std::equal(content.begin() + 32'768, content.end(), text.begin() + 32'768));
    EXPECT_EQ(content[20'000], 0);
}

TEST_F(Release, WarnsOfAVersionOlderThanTheHostHasSeen) {
    protect(plan, text);
    const Bytes first = contentAt(plan);
    ASSERT_EQ(wordOf(engine.release(plan)), "ok");
    ASSERT_EQ(engine.activate(plan).version, 2u);
    disk->overwrite(plan, first);
    const auto result = engine.release(plan);
    EXPECT_EQ(wordOf(result), "ok");
    EXPECT_TRUE(result.olderThanSeen);
    EXPECT_EQ(result.latest, 2u);
}

TEST_F(Release, RefusedByKodiacLeavesTheContainer) {
    protect(plan, text);
    const Bytes container = contentAt(plan);
    engine.authority.refuseItems(ssprotect::test::FakeAuthorisation::Step::open,
                                 makeError(ErrorCode::releaseNotPermitted, "not for this account"));
    EXPECT_EQ(wordOf(engine.release(plan)), "release-not-permitted");
    EXPECT_EQ(contentAt(plan), container);
    EXPECT_THAT(documents(*disk), ElementsAre("plan.odt"));
}

} // namespace
} // namespace ssprotect::conversion::test
