#include "engine_world.h"
#include "ssprotect/conversion/bulk_job.h"
#include "ssprotect/crypto/system_random.h"
#include "support/temp_folder.h"

#include <fstream>
#include <unistd.h>

#include <benchmark/benchmark.h>

/// The engine on this machine's disk, syncs and read-back included; KODiAC answers from memory. Files lie below
/// $TMPDIR.
namespace ssprotect::conversion::test {
namespace {

namespace fs = std::filesystem;

class Counting final : public BulkListener {
public:
    void onCounted(const BulkCount&) override {}
    Status beforeBatch(const BatchSummary&) override { return {}; }
    void onItems(std::span<const ItemResult>) override {}
    void onProgress(const BulkProgress&) override {}
};

/// A home and a folder of documents, fresh for each measurement.
class Workshop {
public:
    Workshop(unsigned workers, unsigned lanes)
        : converter_(Services{*files_, authority_, records_, journal_, random_, clock_, *log_}, {workers, 0}),
          lanes_(lanes) {
        fs::create_directory(documents());
        if (!journal_.prepare())
            std::abort();
    }

    Path documents() const { return folder_ / "documents"; }

    void fill(int files, int folders, std::size_t size) {
        const Bytes text = secretText("bench", size);
        for (int i = 0; i < files; ++i) {
            const Path folder = documents() / std::to_string(i % folders);
            fs::create_directories(folder);
            std::ofstream(folder / std::to_string(i), std::ios::binary)
                .write(textOf(text).data(), static_cast<std::streamsize>(size));
        }
        ::sync();
    }

    BulkTotals run(Operation operation) {
        BulkOptions options;
        options.operation = operation;
        options.selection.roots = {documents()};
        options.selection.recursive = true;
        options.lanes = lanes_;
        Counting listener;
        return BulkJob(*files_, converter_, clock_, options, listener).run();
    }

private:
    support::TempFolder folder_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    ssprotect::test::FakeKodiac kodiac_;
    ssprotect::test::FakeAuthorisation authority_{kodiac_};
    ssprotect::test::FakeChainRecords records_;
    crypto::SystemRandom random_;
    SystemClock clock_;
    std::shared_ptr<Log> log_ = makeNullLog();
    Journal journal_{*files_, folder_ / "journal", random_};
    Converter converter_;
    unsigned lanes_;
};

/// Arguments: workers, lanes, files, folders, bytes a file.
void measure(benchmark::State& state, Operation operation) {
    const auto files = static_cast<int>(state.range(2));
    const auto size = static_cast<std::size_t>(state.range(4));
    for (auto _ : state) {
        state.PauseTiming();
        Workshop workshop(static_cast<unsigned>(state.range(0)), static_cast<unsigned>(state.range(1)));
        workshop.fill(files, static_cast<int>(state.range(3)), size);
        if (operation == Operation::release)
            workshop.run(Operation::activate);
        state.ResumeTiming();
        if (workshop.run(operation).ok != static_cast<std::uint64_t>(files))
            state.SkipWithError("not every file was converted");
        state.PauseTiming();
    }
    state.SetItemsProcessed(state.iterations() * files);
    state.SetBytesProcessed(state.iterations() * files * static_cast<std::int64_t>(size));
}

void activate(benchmark::State& state) { measure(state, Operation::activate); }
void release(benchmark::State& state) { measure(state, Operation::release); }

constexpr std::int64_t kGiB = std::int64_t{1} << 30;

BENCHMARK(activate)
    ->Args({1, 1, 2000, 1, 4096})
    ->Args({8, 1, 10'000, 1, 4096})
    ->Args({8, 2, 10'000, 1, 4096})
    ->Args({16, 2, 10'000, 1, 4096})
    ->Args({32, 2, 10'000, 1, 4096})
    ->Args({16, 2, 10'000, 1000, 4096})
    ->Args({16, 2, 1, 1, kGiB})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);
BENCHMARK(release)
    ->Args({16, 2, 10'000, 1, 4096})
    ->Args({16, 2, 1, 1, kGiB})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);

} // namespace
} // namespace ssprotect::conversion::test

BENCHMARK_MAIN();
