#include "keeper_world.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ssprotect::managed::test {
namespace {

class PlayedProgram final : public platform::StartedProgram {
public:
    PlayedProgram(PlayedProcesses& processes, std::shared_ptr<PlayedProcesses::Program> program)
        : processes_(processes), program_(std::move(program)) {}
    platform::ProcessIdentity identity() const override { return program_->identity; }
    bool alive() override { return program_->alive; }
    bool failed() override { return program_->failed; }
    bool owns(const platform::ProcessIdentity& process) override { return process == program_->identity; }
    void terminate() override { processes_.endProgram(true); }

private:
    PlayedProcesses& processes_;
    std::shared_ptr<PlayedProcesses::Program> program_;
};

Settings settingsOf(const WorldOptions& options) {
    Settings settings;
    settings.home = kHome;
    if (options.inMemory)
        settings.runtimeFolder = kRuntime;
    settings.boot = options.boot;
    return settings;
}

} // namespace

Result<std::unique_ptr<platform::StartedProgram>> PlayedProcesses::start(platform::ProgramStart start) {
    auto program = std::make_shared<Program>();
    program->identity = {started.size() + 100, 1};
    program->command = std::move(start.command);
    living.insert(program->identity);
    started.push_back(program);
    return std::unique_ptr<platform::StartedProgram>(std::make_unique<PlayedProgram>(*this, program));
}

Result<std::vector<platform::ProcessIdentity>> PlayedProcesses::holdersBelow(const Path&) {
    if (holdersHidden)
        return makeError(ErrorCode::ioError, "it cannot be seen who uses the files");
    return holders;
}

std::optional<platform::ProcessIdentity> PlayedProcesses::runningInstanceOf(const std::vector<std::string>&) {
    return instance;
}

void PlayedProcesses::endProgram(bool failing) {
    program().alive = false;
    program().failed = failing;
    living.erase(program().identity);
}

World::World(FaultFileSystem& on, const ssprotect::test::FakeKodiac& kodiacBefore, const WorldOptions& options)
    : disk(on), kodiac(kodiacBefore), authorisation(std::make_shared<ssprotect::test::FakeAuthorisation>(kodiac)),
      random(options.seed), engineJournal(disk, kHome / "journal", random),
      converter(std::make_shared<conversion::Converter>(
          conversion::Services{disk, *authorisation, records, engineJournal, random, clock, *log},
          conversion::Effort{1, 1})),
      room(Parts{disk, processes, applications,
                 [](const Path&, auto) -> Result<std::unique_ptr<platform::DirectoryWatcher>> {
                     return makeError(ErrorCode::ioError, "nobody watches");
                 },
                 clock, random, *log, events,
                 [this]() -> Result<Access> {
                     return Access{authorisation, converter, "anna@example.org"};
                 }},
           settingsOf(options)),
      pending(room, [this](const JournalEntry&, const Closed& result) { events.results.push_back(result); }) {}

void World::protect(std::string_view text) {
    disk.seedFile(kDocument, viewOf(text));
    EXPECT_TRUE(engineJournal.prepare());
    const std::array paths{kDocument};
    const auto done = converter->convert(conversion::Operation::activate, paths, {});
    EXPECT_TRUE(done.front().ok()) << done.front().error.value_or(Error{}).message;
}

Status World::open(bool chosen) {
    if (auto prepared = engineJournal.prepare(); !prepared)
        return prepared;
    if (auto prepared = room.journal.prepare(); !prepared)
        return prepared;
    OpenOptions options{kDocument, {}};
    if (chosen)
        options.program = {"editor"};
    auto waker = std::make_shared<Waker>();
    auto opened = Opening(room, options, newOpenId(random)).open(waker);
    if (!opened)
        return std::move(opened).error();
    keeper_ = std::make_unique<DocumentKeeper>(room, std::move(opened->opened), waker,
                                               [this](DocumentKeeper& ended, const Closed& result) {
                                                   closed = result;
                                                   if (result.result == Closed::Result::pending)
                                                       pending.add(ended.entry(), *result.problem);
                                               });
    keeper_->programStarted(std::move(opened->program));
    return {};
}

void World::write(std::string_view text) {
    if (isOpen() && disk.content(document()))
        disk.overwrite(document(), viewOf(text));
}

bool World::writeBeside(const Path& name, std::string_view text) {
    if (!isOpen())
        return false;
    auto file = disk.create(document().parent_path() / name);
    return file && (*file)->writeAt(0, viewOf(text));
}

void World::settle() {
    constexpr int kLooks = 12;
    for (int look = 0; look < kLooks && isOpen(); ++look) {
        keeper_->step();
        clock.advance(Duration{1'000});
    }
}

bool World::sealedAll() {
    auto sealed = room.journal.sealed(keeper_->entry());
    auto info = disk.info(document());
    return sealed && *sealed && info && stampOf(*info) == **sealed;
}

void World::start() {
    static_cast<void>(engineJournal.prepare());
    conversion::recoverFiles(engineJournal, disk, clock, *log);
    static_cast<void>(room.journal.prepare());
    auto found = Recovery(room).run([this] { return pending.ids(); });
    for (JournalEntry& entry : found.pending)
        pending.add(std::move(entry), makeError(ErrorCode::pending, "found"));
    EXPECT_TRUE(found.adopted.empty());
}

std::vector<RecoveryFinding> World::login() {
    authorisation->newSession();
    conversion::recoverWithSession(engineJournal, disk, *authorisation, records, "anna@example.org", clock, *log);
    return pending.tryAll();
}

std::unique_ptr<FaultFileSystem> makeDisk() {
    auto disk = std::make_unique<FaultFileSystem>();
    for (const Path& folder : {kHome, kHome / "journal", kHome / "managed", kRuntime, kDocument.parent_path()})
        disk->seedDirectory(folder);
    return disk;
}

std::map<Path, Bytes> filesOf(const FaultFileSystem& disk) {
    std::map<Path, Bytes> files;
    for (const Path& path : disk.paths())
        if (auto content = disk.content(path))
            files.emplace(path, std::move(*content));
    return files;
}

} // namespace ssprotect::managed::test
