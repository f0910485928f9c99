#include "managed/open_journal.h"
#include "managed_home.h"

#include <filesystem>
#include <fstream>

/// What becomes of a document at its close when something is in the way: conflicts, other files, KODiAC out of reach,
/// a session that ended, the user's word.
namespace ssprotect::test {
namespace {

using managed::Closed;
using managed::ClosePolicy;
using managed::DocumentState;
using Step = FakeAuthorisation::Step;

class ClosingADocument : public ManagedHome {
protected:
    void expectClean() {
        EXPECT_TRUE(workspaces().empty());
        expectSettled();
    }
    /// All but the workspace, which on Windows goes when its program lets go of it.
    void expectSettled() {
        EXPECT_TRUE(journal().empty());
        EXPECT_TRUE(access().opened().empty());
    }
    bool programIsWrittenDown() {
        const auto records = managed::OpenJournal(*files_, random_, home_).entries();
        return records && records->size() == 1 && records->front().entry && !records->front().entry->processes.empty();
    }
    void unreachable() {
        for (const Step step : {Step::begin, Step::commit, Step::progress})
            authorisation_->refuse(step, makeError(ErrorCode::kodiacUnreachable, "KODiAC cannot be reached"));
    }
};

TEST_F(ClosingADocument, KeepsBothWhenTheContainerChangedMeanwhile) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto mine = open(path, editor({"say:" + ready, "hear:" + go, "write:my words"}));
    hear(ready);
    // A peer's version comes by a synchronised folder.
    const auto theirs = protect("other.txt", "their words");
    std::filesystem::rename(theirs, path);
    say(go);
    const Closed closed = result(mine);
    ASSERT_TRUE(closed.conflict);
    EXPECT_EQ(closed.conflict->parent_path(), documents_);
    EXPECT_EQ(closed.conflict->filename().string().find("letter (conflict, anna@example.org, "), 0u);
    EXPECT_EQ(closed.conflict->extension(), ".txt");
    EXPECT_EQ(textOf(*closed.conflict), "my words");
    EXPECT_EQ(versionOf(*closed.conflict), 2u);
    EXPECT_EQ(textOf(path), "their words");
    expectClean();
}

TEST_F(ClosingADocument, PutsTheContainerBackThatSomebodyRemoved) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto mine = open(path, editor({"say:" + ready, "hear:" + go, "write:my words"}));
    hear(ready);
    std::filesystem::remove(path);
    say(go);
    result(mine);
    EXPECT_EQ(textOf(path), "my words");
    expectClean();
}

TEST_F(ClosingADocument, ProtectsOtherFilesThatTheApplicationMade) {
    const auto path = protect("letter.txt", "the first words");
    const Closed closed = use(path, editor({"file:letter.pdf:an export", "file:pictures/one.png:a picture",
                                            "file:letter.txt~:a backup", "file:lu12.tmp:a temporary"}));
    EXPECT_EQ(closed.protectedToo.size(), 2u);
    EXPECT_EQ(documents(), (std::vector<std::string>{"letter.pdf", "letter.txt", "pictures/one.png"}));
    EXPECT_EQ(textOf(documents_ / "letter.pdf"), "an export");
    EXPECT_EQ(versionOf(documents_ / "letter.pdf"), 1u);
    EXPECT_NE(fileOf(documents_ / "letter.pdf"), fileOf(path));
    EXPECT_EQ(textOf(documents_ / "pictures/one.png"), "a picture");
    expectClean();
}

TEST_F(ClosingADocument, NumbersAnotherFileWhoseNameIsTaken) {
    const auto path = protect("letter.txt", "the first words");
    std::ofstream(documents_ / "letter.pdf") << "mine";
    use(path, editor({"file:letter.pdf:an export"}));
    EXPECT_EQ(documents(), (std::vector<std::string>{"letter (2).pdf", "letter.pdf", "letter.txt"}));
    EXPECT_EQ(textOf(documents_ / "letter (2).pdf"), "an export");
    EXPECT_EQ(filesSaying("mine"), std::vector{documents_ / "letter.pdf"});
    expectClean();
}

TEST_F(ClosingADocument, SealsItWhenKodiacIsOutOfReachAndStoresItLater) {
    const auto path = protect("letter.txt", "the first words");
    unreachable();
    // The open itself is authorised: only what comes later fails.
    const Closed closed = use(path, editor({"write:other words", "file:letter.pdf:an export"}));
    EXPECT_EQ(closed.result, Closed::Result::pending);
    ASSERT_TRUE(closed.problem);
    EXPECT_EQ(closed.problem->code, ErrorCode::kodiacUnreachable);
    EXPECT_EQ(textOf(path), "the first words");
    EXPECT_TRUE(workspaces().empty());
    EXPECT_TRUE(filesSaying("other words").empty());
    EXPECT_TRUE(filesSaying("an export").empty());
    ASSERT_EQ(access().opened().size(), 1u);
    EXPECT_EQ(access().opened()[0].state, DocumentState::pending);
    EXPECT_EQ(access().opened()[0].problem->code, ErrorCode::kodiacUnreachable);

    // What was not stored is newer than the container: it is not opened now.
    EXPECT_EQ(access().open({path, editor({"read"})}, {}).error().code, ErrorCode::pending);

    events_.forget();
    authorisation_->forgive();
    const auto findings = access().storePending();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].kind, managed::RecoveryFinding::Kind::storedLate);
    ASSERT_TRUE(events_.waitForClosed());
    EXPECT_EQ(events_.lastClosed()->version, 2u);
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(textOf(documents_ / "letter.pdf"), "an export");
    expectClean();
}

TEST_F(ClosingADocument, TriesAgainByItselfUntilItIsStored) {
    settings_.firstRetry = Duration{20};
    dieAndStartAgain();
    const auto path = protect("letter.txt", "the first words");
    unreachable();
    EXPECT_EQ(use(path, editor({"write:other words"})).result, Closed::Result::pending);
    events_.forget();
    authorisation_->forgive();
    ASSERT_TRUE(events_.waitForClosed());
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
}

TEST_F(ClosingADocument, MakesTheVersionOfAnUnchangedOneLaterToo) {
    const auto path = protect("letter.txt", "the first words");
    unreachable();
    EXPECT_EQ(use(path, editor({"read"})).result, Closed::Result::pending);
    authorisation_->forgive();
    access().storePending();
    EXPECT_EQ(textOf(path), "the first words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
}

TEST_F(ClosingADocument, StoresOnceWhenTheAnswerWasLost) {
    const auto path = protect("letter.txt", "the first words");
    authorisation_->loseReply(Step::commit);
    authorisation_->refuse(Step::progress, makeError(ErrorCode::kodiacUnreachable, "KODiAC cannot be reached"));
    const Closed closed = use(path, editor({"write:other words"}));
    EXPECT_EQ(closed.result, Closed::Result::pending);
    authorisation_->forgive();
    login();
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    EXPECT_EQ(kodiac_.committedCount(), 2u);
    expectClean();
}

TEST_F(ClosingADocument, WorksAfterLogout) {
    const auto path = protect("letter.txt", "the first words");
    const auto go = meeting("go");
    auto closed = open(path, editor({"hear:" + go, "write:other words"}));
    logout();
    say(go);
    EXPECT_EQ(result(closed).result, Closed::Result::stored);
    EXPECT_EQ(textOf(path), "other words");
    expectClean();
}

TEST_F(ClosingADocument, WaitsWhereAnotherAccountIsLoggedIn) {
    const auto path = protect("letter.txt", "the first words");
    unreachable();
    use(path, editor({"write:other words"}));
    authorisation_->forgive();
    const auto anna = authorisation_;
    authorisation_ = std::make_shared<FakeAuthorisation>(kodiac_, Byte{2});
    access().storePending();
    ASSERT_EQ(access().opened().size(), 1u);
    EXPECT_EQ(access().opened()[0].problem->code, ErrorCode::notLoggedIn);
    authorisation_ = anna;
    access().storePending();
    EXPECT_EQ(textOf(path), "other words");
    expectClean();
}

TEST_F(ClosingADocument, GoesOnWithoutAGrantThatKodiacForgot) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"say:" + ready, "hear:" + go, "write:other words"}));
    hear(ready);
    kodiac_.forgetGrants();
    say(go);
    EXPECT_EQ(result(closed).result, Closed::Result::stored);
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
}

TEST_F(ClosingADocument, ByTheUsersWordNeedsNoEndOfTheProgram) {
    settings_.firstRetry = Duration{20};
    dieAndStartAgain();
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"write:other words", "hold", "say:" + ready, "hear:" + go}));
    hear(ready);
    std::promise<Closed> finished;
    ASSERT_TRUE(access().finish(path, [&](const Closed& result) { finished.set_value(result); }));
    EXPECT_EQ(result(closed).version, 2u);
    auto asked = finished.get_future();
    EXPECT_EQ(result(asked).version, 2u);
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_TRUE(filesSaying("other words").empty());
    expectSettled();
    say(go);
    EXPECT_TRUE(eventually([&] { return workspaces().empty(); }));
    EXPECT_EQ(access().finish(path, {}).error().code, ErrorCode::notFound);
}

TEST_F(ClosingADocument, OfAllWaitsForTheirPrograms) {
    const auto one = protect("one.txt", "one");
    const auto two = protect("two.txt", "two");
    const auto go = meeting("go");
    auto first = open(one, editor({"hear:" + go, "write:first"}));
    auto second = open(two, editor({"write:second"}));
    result(second);
    EXPECT_EQ(access().closeAll(ClosePolicy::wait, Duration{0}).size(), 1u);
    EXPECT_EQ(textOf(one), "one");
    say(go);
    EXPECT_TRUE(access().closeAll(ClosePolicy::wait, Duration{60'000}).empty());
    EXPECT_EQ(textOf(one), "first");
    EXPECT_EQ(textOf(two), "second");
    expectClean();
}

TEST_F(ClosingADocument, OfAllProtectsWhatIsThereNow) {
    settings_.firstRetry = Duration{20};
    dieAndStartAgain();
    const auto one = protect("one.txt", "one");
    const auto two = protect("two.txt", "two");
    const auto ready = meeting("ready");
    const auto goOne = meeting("go-one");
    const auto goTwo = meeting("go-two"); // one word wakes all who wait at one place
    auto first = open(one, editor({"write:first", "hold", "say:" + ready, "hear:" + goOne}));
    hear(ready);
    auto second = open(two, editor({"hold", "say:" + ready, "hear:" + goTwo}));
    hear(ready);
    EXPECT_TRUE(access().closeAll(ClosePolicy::protectNow, Duration{60'000}).empty());
    EXPECT_EQ(result(first).result, Closed::Result::stored);
    EXPECT_EQ(result(second).result, Closed::Result::stored);
    EXPECT_EQ(textOf(one), "first");
    EXPECT_EQ(textOf(two), "two");
    expectSettled();
    say(goOne);
    say(goTwo);
    EXPECT_TRUE(eventually([&] { return workspaces().empty(); }));
}

TEST_F(ClosingADocument, LeavesWhatCannotBeStoredNowForTheNextStart) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"write:other words", "say:" + ready, "hear:" + go}));
    hear(ready);
    unreachable();
    const auto left = access().closeAll(ClosePolicy::protectNow, Duration{60'000});
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].state, DocumentState::pending);
    EXPECT_EQ(result(closed).result, Closed::Result::pending);
    EXPECT_TRUE(filesSaying("other words").empty());
    say(go);

    authorisation_->forgive();
    dieAndStartAgain();
    EXPECT_EQ(recover().size(), 1u);
    login();
    EXPECT_EQ(textOf(path), "other words");
    expectClean();
}

TEST_F(ClosingADocument, IsNotTakenForDoneWhereNothingCouldBeKept) {
    settings_.firstRetry = Duration{20};
    dieAndStartAgain();
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"say:" + ready, "hear:" + go, "write:other words"}));
    hear(ready);
    unreachable();
    ASSERT_TRUE(eventually([&] { return programIsWrittenDown(); }));
    // Neither stored nor sealed: the folder of the saves has become a file.
    std::filesystem::rename(home_ / "managed", home_ / "hidden");
    std::ofstream(home_ / "managed") << "in the way";
    say(go);
    EXPECT_TRUE(eventually([&] { return access().opened().front().problem.has_value(); }));
    EXPECT_EQ(filesSaying("other words").size(), 1u);
    EXPECT_EQ(closed.wait_for(std::chrono::milliseconds(0)), std::future_status::timeout);
    authorisation_->forgive();
    std::filesystem::remove(home_ / "managed");
    std::filesystem::rename(home_ / "hidden", home_ / "managed");
    result(closed);
    EXPECT_EQ(textOf(path), "other words");
    expectClean();
}

TEST_F(ClosingADocument, LeavesNothingOfAnOpenThatWasRefused) {
    const auto path = protect("letter.txt", "the first words");
    const auto expectRefused = [&](ErrorCode code, std::vector<std::string> program) {
        const auto opened = access().open({path, std::move(program)}, [](const Closed&) { FAIL(); });
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, code);
        EXPECT_TRUE(filesSaying("the first words").empty());
        expectClean();
    };
    expectRefused(ErrorCode::notFound, {"/nowhere/program"});
    authorisation_->refuseItems(Step::open, makeError(ErrorCode::refused, "LOCKDOWN"));
    expectRefused(ErrorCode::refused, editor({"read"}));
    authorisation_->forgive();
    logout();
    expectRefused(ErrorCode::notLoggedIn, editor({"read"}));
    EXPECT_EQ(versionOf(path), 1u);
}

TEST_F(ClosingADocument, NeverGivesPlaintextToAProgramThatMayNotHaveIt) {
    const auto path = protect("letter.txt", "the first words");
    std::vector<platform::Path> asked;
    bool decrypted = false;
    mayReceive_ = [&](const platform::Path& program) -> Status {
        asked.push_back(program);
        decrypted = decrypted || !filesSaying("the first words").empty();
        return makeError(ErrorCode::refused, "it is not signed");
    };
    dieAndStartAgain();
    const auto opened = access().open({path, editor({"read"})}, [](const Closed&) { FAIL(); });
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::refused);
    ASSERT_FALSE(asked.empty());
    EXPECT_TRUE(asked.front().is_absolute());
    EXPECT_FALSE(decrypted);
    expectClean();
}

TEST_F(ClosingADocument, IsForProtectedFilesAlone) {
    std::ofstream(documents_ / "plain.txt") << "words";
    EXPECT_EQ(access().open({documents_ / "plain.txt", editor({"read"})}, {}).error().code, ErrorCode::notProtected);
    EXPECT_EQ(access().open({documents_ / "missing.txt", editor({"read"})}, {}).error().code, ErrorCode::notFound);
    expectClean();
}

TEST_F(ClosingADocument, RefusesADamagedContainerAndLeavesNothing) {
    const auto path = protect("letter.txt", "the first words");
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-1, std::ios::end);
        file.put('x');
    }
    EXPECT_EQ(access().open({path, editor({"read"})}, {}).error().code, ErrorCode::integrity);
    EXPECT_TRUE(filesSaying("the first words").empty());
    expectClean();
}

} // namespace
} // namespace ssprotect::test
