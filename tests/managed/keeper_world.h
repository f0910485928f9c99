#pragma once

#include "managed/opening.h"
#include "managed/pending_stores.h"
#include "managed/recovery.h"
#include "ssprotect/conversion/recovery.h"
#include "support/fake_authorisation.h"
#include "support/fake_chain_records.h"
#include "support/fault_file_system.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"

#include <set>

namespace ssprotect::managed::test {

using platform::Path;
using support::FaultFileSystem;

inline const Path kHome = "/home";
inline const Path kRuntime = "/runtime";
inline const Path kDocument = "/docs/letter.txt";

/// Programs that do nothing by themselves: the test plays them.
class PlayedProcesses final : public platform::Processes {
public:
    struct Program {
        platform::ProcessIdentity identity;
        std::vector<std::string> command;
        bool alive = true;
        bool failed = false;
    };

    Result<std::unique_ptr<platform::StartedProgram>> start(platform::ProgramStart start) override;
    bool isAlive(const platform::ProcessIdentity& process) override { return living.contains(process); }
    Result<std::vector<platform::ProcessIdentity>> holdersBelow(const Path& folder) override;
    std::optional<platform::ProcessIdentity> runningInstanceOf(const std::vector<std::string>& command) override;

    /// The last one that was started.
    Program& program() { return *started.back(); }
    void endProgram(bool failing = false);

    std::vector<std::shared_ptr<Program>> started;
    std::set<platform::ProcessIdentity> living;
    std::vector<platform::ProcessIdentity> holders;
    bool holdersHidden = false;
    std::optional<platform::ProcessIdentity> instance;
};

/// Counts what it hears.
class CountedEvents final : public ManagedEvents {
public:
    void changed(const OpenedDocument& document) override { states.push_back(document.state); }
    void closed(const OpenedDocument&, const Closed& closed) override { results.push_back(closed); }
    std::vector<DocumentState> states;
    std::vector<Closed> results;
};

class NoApplications final : public platform::ApplicationAssociations {
public:
    Result<platform::Application> applicationFor(const Path&, ByteView) override {
        return platform::Application{"editor", {"editor"}, "editor"};
    }
};

struct WorldOptions {
    bool inMemory = true;
    std::string boot = "boot 1";
    std::uint64_t seed = 1;
};

/// One process of managed access over a model disk, driven step by step on one thread: nothing happens by itself,
/// and the same steps do the same each time. KODiAC is given from outside, since it outlives a crash.
class World {
public:
    World(FaultFileSystem& disk, const ssprotect::test::FakeKodiac& kodiac, const WorldOptions& options = {});

    /// A container for `text` under kDocument; for seeding.
    void protect(std::string_view text);

    /// Opens kDocument. The keeper lives as long as the world.
    Status open(bool chosen = true);
    DocumentKeeper& keeper() { return *keeper_; }
    bool isOpen() const { return keeper_ != nullptr && !keeper_->ended(); }
    Path document() const { return keeper_->document(); }
    /// The application writes, if there is somebody to write.
    void write(std::string_view text);
    bool writeBeside(const Path& name, std::string_view text);
    /// Lets time pass and the keeper look, until everything has been quiet for long.
    void settle();
    /// The document was sealed in the state it is in now.
    bool sealedAll();

    /// What a process does at its start and at the login.
    void start();
    std::vector<RecoveryFinding> login();

    FaultFileSystem& disk;
    ssprotect::test::FakeKodiac kodiac;
    std::shared_ptr<ssprotect::test::FakeAuthorisation> authorisation;
    ssprotect::test::FakeChainRecords records;
    ssprotect::test::SeededRandom random;
    ssprotect::test::ManualClock clock;
    std::shared_ptr<Log> log = makeNullLog();
    PlayedProcesses processes;
    NoApplications applications;
    CountedEvents events;
    conversion::Journal engineJournal;
    std::shared_ptr<conversion::Converter> converter;
    Room room;
    std::optional<Closed> closed; ///< how the keeper's document ended
    PendingStores pending;

private:
    std::vector<std::unique_ptr<DocumentKeeper>> adopted_;
    std::unique_ptr<DocumentKeeper> keeper_;
};

/// A disk with the folders that every test uses.
std::unique_ptr<FaultFileSystem> makeDisk();

/// Every file of the disk with its content, folders left out.
std::map<Path, Bytes> filesOf(const FaultFileSystem& disk);

} // namespace ssprotect::managed::test
