#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "support/individual.h"
#include "support/temp_folder.h"

#include <benchmark/benchmark.h>

/// What a batch costs beside a single file, fsync included: a thousand must not cost more than twenty times one.
namespace ssprotect::kodiac {
namespace {

class Bench {
public:
    Bench() {
        store::Options options;
        options.schema = authoritySchema();
        auto database = store::Database::openSqlite(folder_ / "kodiac.db", *files_, clock_, options);
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        authority_ =
            std::move(*Authority::open(std::move(*database), random_, crypto::SecretBytes(kMasterKeySize), settings));
        ada_ = std::make_unique<test::Individual>(*authority_, random_);
        if (!ada_->settle())
            std::abort();
    }

    BeginStore::Response begin(std::size_t files) {
        BeginStore::Request request;
        request.items.resize(files);
        return std::move(*ada_->ask<BeginStore>(request));
    }
    void commit(const BeginStore::Response& begun) {
        CommitStore::Request request;
        for (const auto& item : begun.items)
            request.items.push_back(ada_->commitItem(item.identity));
        benchmark::DoNotOptimize(ada_->ask<CommitStore>(request));
    }
    void open(const BeginStore::Response& begun) {
        OpenVersion::Request request;
        for (const auto& item : begun.items)
            request.items.push_back({item.identity, 0, OpenPurpose::managed});
        benchmark::DoNotOptimize(ada_->ask<OpenVersion>(request));
    }

private:
    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<Authority> authority_;
    std::unique_ptr<test::Individual> ada_;
};

void beginAndCommit(benchmark::State& state) {
    Bench bench;
    for (auto _ : state)
        bench.commit(bench.begin(static_cast<std::size_t>(state.range(0))));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(beginAndCommit)->Arg(1)->Arg(1000)->UseRealTime()->Unit(benchmark::kMillisecond);

void open(benchmark::State& state) {
    Bench bench;
    const auto stored = bench.begin(static_cast<std::size_t>(state.range(0)));
    bench.commit(stored);
    for (auto _ : state)
        bench.open(stored);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(open)->Arg(1)->Arg(1000)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace ssprotect::kodiac

BENCHMARK_MAIN();
