#include "managed_home.h"

#include <filesystem>

/// Real programs on real documents: each way of saving, of closing and of handing over that PROT-5 names.
namespace ssprotect::test {
namespace {

using managed::Closed;
using managed::DocumentState;

class Applications : public ManagedHome {
protected:
    /// What every good end has in common.
    void expectClean() {
        EXPECT_TRUE(workspaces().empty());
        EXPECT_TRUE(journal().empty());
        EXPECT_TRUE(access().opened().empty());
    }
    void expectStored(const platform::Path& path, const std::string& text, VersionNumber version) {
        EXPECT_EQ(textOf(path), text);
        EXPECT_EQ(versionOf(path), version);
        EXPECT_TRUE(filesSaying(text).empty()) << filesSaying(text).front();
        expectClean();
    }
};

TEST_F(Applications, SeeTheDocumentUnderItsNameWhileTheContainerStaysEncrypted) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"expect:the first words", "say:" + ready, "hear:" + go}));
    hear(ready);
    const auto saying = filesSaying("the first words");
    ASSERT_EQ(saying.size(), 1u);
    EXPECT_EQ(saying[0].filename(), "letter.txt");
    EXPECT_EQ(saying[0].parent_path().parent_path().parent_path(), runtime_);
    EXPECT_TRUE(files_->info(saying[0].parent_path())->ownerOnly);
    EXPECT_TRUE(files_->info(saying[0])->ownerOnly);
    EXPECT_EQ(versionOf(path), 1u);

    const auto opened = access().opened();
    ASSERT_EQ(opened.size(), 1u);
    EXPECT_EQ(opened[0].path, path);
    EXPECT_EQ(opened[0].file, fileOf(path));
    EXPECT_EQ(opened[0].version, 1u);
    EXPECT_EQ(opened[0].program, "managed-editor" SSPROTECT_PROGRAM_SUFFIX);
    EXPECT_EQ(opened[0].state, DocumentState::open);
    say(go);
    result(closed);
    expectStored(path, "the first words", 2);
}

TEST_F(Applications, ThatWriteInPlaceMakeTheNextVersion) {
    const auto path = protect("letter.txt", "the first words");
    const FileId file = fileOf(path);
    const Closed closed = use(path, editor({"hold", "write:other words", "release"}));
    EXPECT_EQ(closed.result, Closed::Result::stored);
    EXPECT_EQ(closed.path, path);
    EXPECT_EQ(closed.file, file);
    EXPECT_EQ(closed.version, 2u);
    EXPECT_TRUE(closed.changed);
    EXPECT_FALSE(closed.conflict);
    EXPECT_EQ(fileOf(path), file);
    expectStored(path, "other words", 2);
}

TEST_F(Applications, ThatSaveByRenameMakeTheNextVersion) {
    const auto path = protect("letter.txt", "the first words");
    EXPECT_TRUE(use(path, editor({"replace:other words"})).changed);
    expectStored(path, "other words", 2);
    EXPECT_TRUE(use(path, editor({"backup", "write:words once more", "remove:letter.txt~"})).changed);
    expectStored(path, "words once more", 3);
}

TEST_F(Applications, ThatKeepAnOwnerFileAndABackupLeaveNeither) {
    const auto path = protect("letter.odt", "the first words");
    use(path, editor({"file:.~lock.letter.odt#:anna", "backup", "write:other words", "remove:.~lock.letter.odt#"}));
    expectStored(path, "other words", 2);
    EXPECT_EQ(documents(), std::vector<std::string>{"letter.odt"});
}

TEST_F(Applications, ThatStartAnotherProgramAndEndAreFollowed) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"spawn:say:" + ready + "|hear:" + go + "|write:other words"}));
    hear(ready);
    say(go);
    EXPECT_TRUE(result(closed).changed);
    expectStored(path, "other words", 2);
}

TEST_F(Applications, ThatNeverChangeTheDocumentMakeAVersionToo) {
    const auto path = protect("letter.txt", "the first words");
    const Closed closed = use(path, editor({"read"}));
    EXPECT_EQ(closed.result, Closed::Result::stored);
    EXPECT_FALSE(closed.changed);
    expectStored(path, "the first words", 2);
    EXPECT_FALSE(use(path, editor({"write:the first words"})).changed);
    expectStored(path, "the first words", 3);
}

TEST_F(Applications, ThatNeverChangeTheDocumentLeaveItAloneWhereTheAccountSaysSo) {
    keepsVersionWhenUnchanged_ = true;
    const auto path = protect("letter.txt", "the first words");
    EXPECT_EQ(use(path, editor({"read"})).result, Closed::Result::unchanged);
    expectStored(path, "the first words", 1);
    EXPECT_EQ(use(path, editor({"write:other words"})).result, Closed::Result::stored);
    expectStored(path, "other words", 2);
}

TEST_F(Applications, ThatCrashLoseNothingThatTheyWrote) {
    const auto path = protect("letter.odt", "the first words");
    const Closed closed = use(path, editor({"file:.~lock.letter.odt#:anna", "write:other words", "crash"}));
    EXPECT_TRUE(closed.changed);
    expectStored(path, "other words", 2);
    EXPECT_EQ(documents(), std::vector<std::string>{"letter.odt"});
}

TEST_F(Applications, ThatDeleteAnUnchangedDocumentLeaveTheContainer) {
    const auto path = protect("letter.txt", "the first words");
    const Closed closed = use(path, editor({"delete"}));
    EXPECT_EQ(closed.result, Closed::Result::unchanged);
    EXPECT_TRUE(closed.deleted);
    expectStored(path, "the first words", 1);
}

TEST_F(Applications, ThatDeleteTheDocumentAfterASettledSaveLeaveThatSave) {
    const auto path = protect("letter.txt", "the first words");
    const auto go = meeting("go");
    auto closed = open(path, editor({"replace:other words", "hear:" + go, "delete"}));
    ASSERT_TRUE(eventually([&] { return isSealed(); })) << "the save was never sealed";
    say(go);
    const Closed ended = result(closed);
    EXPECT_TRUE(ended.deleted);
    EXPECT_TRUE(ended.changed);
    expectStored(path, "other words", 2);
}

TEST_F(Applications, ThatStayOpenHaveEachSettledSaveSealed) {
    const auto path = protect("letter.txt", "the first words");
    const auto go = meeting("go");
    auto closed = open(path, editor({"replace:other words", "hear:" + go}));
    EXPECT_TRUE(eventually([&] { return isSealed(); }));
    EXPECT_EQ(filesSaying("other words").size(), 1u) << "it lies in the workspace alone";
    EXPECT_EQ(versionOf(path), 1u);
    say(go);
    result(closed);
    expectStored(path, "other words", 2);
}

/// A running instance, and the start that hands the document over to it and ends at once.
class RunningInstance : public Applications {
protected:
    RunningInstance() {
        // A start that hands over must be seen to have been short, also on a machine that has much to do.
        settings_.rules.handover = Duration{3'000};
        dieAndStartAgain();
    }
    void serve(std::vector<std::string> steps) {
        steps.insert(steps.begin(), "serve:" + socket_);
        platform::ProgramStart start;
        start.command = editor(std::move(steps));
        start.command.push_back("no document yet");
        auto started = processes_->start(std::move(start));
        ASSERT_TRUE(started);
        instance_ = std::move(*started);
        ASSERT_TRUE(eventually([&] { return std::filesystem::exists(socket_); }));
    }
    ~RunningInstance() override {
        if (instance_)
            instance_->terminate();
    }

    const std::string socket_ = (folder_ / "instance").string();
    std::unique_ptr<platform::StartedProgram> instance_;
};

TEST_F(RunningInstance, HoldsTheDocumentUntilItIsDone) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    const auto end = meeting("end");
    serve({"hold", "say:" + ready, "hear:" + go, "write:other words", "release", "hear:" + end});
    auto closed = open(path, editor({"send:" + socket_}));
    hear(ready);
    // Until it has held the document longer than somebody who only reads it would.
    EXPECT_EQ(closed.wait_for(settings_.rules.handover * 3 / 2), std::future_status::timeout);
    EXPECT_EQ(versionOf(path), 1u);
    say(go);
    result(closed);
    expectStored(path, "other words", 2);
    EXPECT_TRUE(instance_->alive());
    say(end);
}

TEST_F(RunningInstance, ThatShowsNoSignHasTheDocumentUntilItEnds) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    serve({"read", "say:" + ready, "hear:" + go, "replace:other words"});
    auto closed = open(path, editor({"send:" + socket_}));
    hear(ready);
    EXPECT_TRUE(events_.waitFor(DocumentState::handedOver));
    EXPECT_EQ(access().opened().front().state, DocumentState::handedOver);
    EXPECT_EQ(versionOf(path), 1u);
    say(go);
    result(closed);
    expectStored(path, "other words", 2);
}

TEST_F(RunningInstance, ThatShowsNoSignIsFinishedByTheUser) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto end = meeting("end");
    serve({"replace:other words", "say:" + ready, "hear:" + end});
    auto closed = open(path, editor({"send:" + socket_}));
    hear(ready);
    EXPECT_TRUE(events_.waitFor(DocumentState::handedOver));
    ASSERT_TRUE(access().finish(path, {}));
    EXPECT_TRUE(result(closed).changed);
    expectStored(path, "other words", 2);
    EXPECT_TRUE(instance_->alive());
    say(end);
}

TEST_F(RunningInstance, WithAnOwnerFileHasTheDocumentUntilThatIsGone) {
    const auto path = protect("letter.odt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    const auto end = meeting("end");
    serve({"hold", "file:.~lock.letter.odt#:anna", "say:" + ready, "hear:" + go, "release", "write:other words",
           "remove:.~lock.letter.odt#", "hear:" + end});
    auto closed = open(path, editor({"send:" + socket_}));
    hear(ready);
    EXPECT_EQ(closed.wait_for(settings_.rules.handover * 3 / 2), std::future_status::timeout);
    say(go);
    result(closed);
    expectStored(path, "other words", 2);
    say(end);
}

TEST_F(Applications, WithoutAnAssociationAreAskedForAndNothingIsLeft) {
    const auto path = protect("letter.txt", "the first words");
    const auto opened = access().open({path, {}}, [](const Closed&) { FAIL(); });
    EXPECT_EQ(opened.error().code, ErrorCode::unsupportedFile);
    expectStored(path, "the first words", 1);
}

TEST_F(Applications, AreTheAssociatedOnesUnlessOneIsChosen) {
    applications_.command = editor({"write:other words"});
    const auto path = protect("letter.txt", "the first words");
    EXPECT_TRUE(use(path, {}).changed);
    expectStored(path, "other words", 2);
}

TEST_F(Applications, OfADocumentThatIsOpenAlreadyAreStartedOnTheSameOne) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto first = open(path, editor({"write:other words", "say:" + ready, "hear:" + go}));
    hear(ready);
    auto second = open(path, editor({"append: and more"}));
    EXPECT_EQ(access().opened().size(), 1u);
    EXPECT_TRUE(eventually([&] { return filesSaying("other words and more").size() == 1; }));
    say(go);
    EXPECT_EQ(result(first).version, 2u);
    EXPECT_EQ(result(second).version, 2u);
    expectStored(path, "other words and more", 2);
}

TEST_F(Applications, GetABigDocumentOnDiskAndStillLeaveNothing) {
    settings_.mostInMemory = 1000;
    dieAndStartAgain();
    const std::string text(100'000, 'x');
    const auto path = protect("letter.txt", text);
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"say:" + ready, "hear:" + go, "append:yz"}));
    hear(ready);
    ASSERT_EQ(workspaces().size(), 1u);
    EXPECT_EQ(workspaces()[0].parent_path(), home_ / "workspace");
    say(go);
    result(closed);
    expectStored(path, text + "yz", 2);
}

TEST_F(Applications, MayHaveAnEmptyDocument) {
    const auto path = protect("letter.txt", "");
    EXPECT_TRUE(use(path, editor({"expect:", "write:words"})).changed);
    EXPECT_EQ(textOf(path), "words");
    EXPECT_TRUE(use(path, editor({"write:"})).changed);
    EXPECT_EQ(textOf(path), "");
    expectClean();
}

} // namespace
} // namespace ssprotect::test
