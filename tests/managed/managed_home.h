#pragma once

#include "ssprotect/conversion/recovery.h"
#include "ssprotect/managed/managed_access.h"
#include "support/fake_authorisation.h"
#include "support/fake_chain_records.h"
#include "support/seeded_random.h"
#include "support/temp_folder.h"

#include <atomic>
#include <condition_variable>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::test {

/// Hears what ManagedAccess tells. Any thread.
class HeardEvents final : public managed::ManagedEvents {
public:
    void changed(const managed::OpenedDocument& document) override;
    void closed(const managed::OpenedDocument& document, const managed::Closed& result) override;

    /// Waits until some row was told in that state, since the last `forget`; false when it takes too long.
    bool waitFor(managed::DocumentState state);
    bool waitForClosed();
    void forget();
    std::optional<managed::Closed> lastClosed() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable told_;
    std::vector<managed::DocumentState> states_;
    std::optional<managed::Closed> closed_;
};

/// Associates every document with one program.
class OneApplication final : public platform::ApplicationAssociations {
public:
    std::vector<std::string> command; ///< none: no association
    Result<platform::Application> applicationFor(const platform::Path& document, ByteView content) override;
};

/// A home on the real file system with the real processes and a KODiAC in memory; short times.
class ManagedHome : public testing::Test {
protected:
    ManagedHome();
    ~ManagedHome() override;

    /// A protected document that says `text`.
    platform::Path protect(const std::string& name, const std::string& text);
    /// What the container says, and which version it is; checks that it is authentic.
    std::string textOf(const platform::Path& container);
    VersionNumber versionOf(const platform::Path& container);
    FileId fileOf(const platform::Path& container);

    /// The editor of this folder with these steps.
    static std::vector<std::string> editor(std::vector<std::string> steps);
    /// A meeting point between the test and an editor.
    std::string meeting(const std::string& name);
    static void say(const std::string& place);
    static void hear(const std::string& place);

    managed::ManagedAccess& access() { return *access_; }
    /// Opens with the chosen program and expects that it works.
    std::future<managed::Closed> open(const platform::Path& path, std::vector<std::string> program);
    /// Opens, and returns how it ended.
    managed::Closed use(const platform::Path& path, std::vector<std::string> program);
    static managed::Closed result(std::future<managed::Closed>& closed);

    /// As if the process were killed: nothing is finished, nothing told.
    void dieAndStartAgain();
    std::vector<managed::RecoveryFinding> recover() { return access_->recover(); }
    /// The engine's recovery and ours, as after a login.
    std::vector<managed::RecoveryFinding> login();
    void logout();

    /// Every file of the home and the runtime folder that has these bytes in it.
    std::vector<platform::Path> filesSaying(const std::string& text) const;
    std::vector<platform::Path> workspaces() const;
    std::vector<platform::Path> journal() const;
    /// A sealed save lies in the journal.
    bool isSealed() const;
    std::vector<std::string> documents() const;
    /// Waits for what no event tells; false when it takes too long.
    static bool eventually(const std::function<bool()>& condition);

    support::TempFolder folder_;
    platform::Path home_ = folder_ / "home";
    platform::Path runtime_ = folder_ / "runtime";
    platform::Path documents_ = folder_ / "documents";
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    std::unique_ptr<platform::Processes> processes_ = platform::makeSystemProcesses();
    OneApplication applications_;
    SystemClock clock_;
    SeededRandom random_{7};
    std::shared_ptr<Log> log_ = makeNullLog();
    HeardEvents events_;
    FakeKodiac kodiac_;
    std::shared_ptr<FakeAuthorisation> authorisation_ = std::make_shared<FakeAuthorisation>(kodiac_);
    FakeChainRecords records_;
    conversion::Journal engineJournal_{*files_, home_ / "journal", random_};
    std::shared_ptr<conversion::Converter> converter_;
    managed::Settings settings_;
    std::function<Status(const platform::Path&)> mayReceive_; ///< from the next start on
    std::atomic<bool> keepsVersionWhenUnchanged_ = false;

private:
    void start();
    conversion::Services services();

    std::mutex sessionMutex_;
    bool loggedIn_ = true;
    std::unique_ptr<managed::ManagedAccess> access_;
};

} // namespace ssprotect::test
