#include "ssprotect/conversion/converter.h"
#include "ssprotect/managed/managed_access.h"
#include "support/fake_authorisation.h"
#include "support/fake_chain_records.h"
#include "support/seeded_random.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <fstream>
#include <future>

#include <benchmark/benchmark.h>

/// What `open` adds: from the request to the start of the program, journal record included. KODiAC is in memory here;
/// the whole client's latency is measured by cmake/bench.sh.
namespace ssprotect::managed {
namespace {

class NoEvents final : public ManagedEvents {
public:
    void changed(const OpenedDocument&) override {}
    void closed(const OpenedDocument&, const Closed&) override {}
};

class NoApplications final : public platform::ApplicationAssociations {
public:
    Result<platform::Application> applicationFor(const platform::Path&, ByteView) override {
        return makeError(ErrorCode::unsupportedFile, "none");
    }
};

/// Everything that an access needs, on this machine's disk and processes.
struct Bench {
    explicit Bench(std::size_t size) {
        std::filesystem::create_directory(folder / "home");
        std::filesystem::create_directory(folder / "run");
        Bytes content(size);
        random.fill(content);
        std::ofstream(document, std::ios::binary) << textOf(content);
        const std::array paths{document};
        if (!journal.prepare() || !converter->convert(conversion::Operation::activate, paths, {}).front().ok())
            std::abort();
    }

    Settings settings() const {
        Settings settings;
        settings.home = folder / "home";
        settings.runtimeFolder = platform::Path("/dev/shm");
        settings.rules = {Duration{10}, Duration{10}, Duration{1'000}};
        return settings;
    }

    support::TempFolder folder;
    platform::Path document = folder / "document";
    std::unique_ptr<platform::FileSystem> files = platform::makeSystemFiles();
    std::unique_ptr<platform::Processes> processes = platform::makeSystemProcesses();
    NoApplications applications;
    NoEvents events;
    SystemClock clock;
    test::SeededRandom random{1};
    std::shared_ptr<Log> log = makeNullLog();
    test::FakeKodiac kodiac;
    std::shared_ptr<test::FakeAuthorisation> authorisation = std::make_shared<test::FakeAuthorisation>(kodiac);
    test::FakeChainRecords records;
    conversion::Journal journal{*files, folder / "home" / "journal", random};
    std::shared_ptr<conversion::Converter> converter = std::make_shared<conversion::Converter>(
        conversion::Services{*files, *authorisation, records, journal, random, clock, *log}, conversion::Effort{});
    ManagedAccess access{Parts{*files, *processes, applications, platform::watchDirectory, clock, random, *log, events,
                               [this]() -> Result<Access> {
                                   return Access{authorisation, converter, "anna@example.org"};
                               }},
                         settings()};
};

void openUntilTheProgramRuns(benchmark::State& state) {
    Bench bench(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        std::promise<void> closed;
        auto opened = bench.access.open({bench.document, {"/bin/true"}}, [&](const Closed&) { closed.set_value(); });
        state.PauseTiming();
        if (!opened) {
            state.SkipWithError(opened.error().message.c_str());
            break;
        }
        closed.get_future().wait();
        state.ResumeTiming();
    }
}
BENCHMARK(openUntilTheProgramRuns)
    ->Arg(4 << 10)
    ->Arg(1 << 20)
    ->Arg(16 << 20)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace ssprotect::managed
