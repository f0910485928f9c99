#include "sample.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/platform/file_system.h"

#include <cstdlib>
#include <iostream>

#include <benchmark/benchmark.h>

/// How fast containers are made and read, on the disk of the folder that the first argument names. The second is the
/// size of the large file in MiB. Standing beside it: `openssl speed -evp aes-256-gcm -bytes 16384` and `cp` + fsync.
namespace ssprotect::container {
namespace {

using platform::Access;
using platform::File;
using platform::Path;

[[noreturn]] void stop(const Error& error) {
    std::cerr << error.message << '\n';
    std::exit(1);
}

template <class T> T must(Result<T> result) {
    if (!result)
        stop(result.error());
    return std::move(result).value();
}

void must(const Status& status) {
    if (!status)
        stop(status.error());
}

/// A folder with a file of noise and its container, removed at the end.
class Bench {
public:
    Bench(const Path& parent, std::uint64_t size)
        : files_(platform::makeSystemFiles()), folder_(parent / "bench"), size_(size) {
        must(platform::removeTree(*files_, folder_));
        must(files_->createDirectories(folder_));
        auto source = must(files_->create(path("source")));
        Bytes block(1 << 20);
        for (std::uint64_t at = 0; at < size; at += block.size()) {
            random_.fill(block);
            must(source->writeAt(at, block));
        }
        must(source->sync());
        auto container = must(files_->create(path("container")));
        digest_ = encryptInto(*container, 2).digest;
        must(container->sync());
    }
    ~Bench() { static_cast<void>(platform::removeTree(*files_, folder_)); }

    std::uint64_t size() const { return size_; }
    Path path(const char* name) const { return folder_ / name; }
    std::unique_ptr<File> open(const char* name) { return must(files_->open(path(name), Access::read)); }
    std::unique_ptr<File> fresh(const char* name) {
        must(files_->remove(path(name)));
        return must(files_->create(path(name)));
    }

    Stored encryptInto(File& container, unsigned threads) {
        auto source = open("source");
        return must(
            encrypt(*source, size_, container, inputs_.identity, inputs_.keys(), creator_, random_, effort(threads)));
    }
    void verifyIn(File& container, const crypto::Sha256Digest& digest, unsigned threads) {
        must(verify(container, inputs_.keys(), creator_.publicKey(), digest, effort(threads)));
    }
    void verifyWrittenIn(File& container, const Stored& stored, unsigned threads) {
        must(verifyWritten(container, inputs_.keys(), creator_.publicKey(), stored, effort(threads)));
    }
    void decryptInto(File& plaintext, unsigned threads) {
        auto container = open("container");
        must(decrypt(*container, plaintext, inputs_.keys(), creator_.publicKey(), digest_, effort(threads)));
    }
    const crypto::Sha256Digest& digest() const { return digest_; }

private:
    static Effort effort(unsigned threads) { return {.threads = threads, .progress = {}}; }

    std::unique_ptr<platform::FileSystem> files_;
    Path folder_;
    std::uint64_t size_;
    crypto::SystemRandom random_;
    test::Inputs inputs_;
    crypto::SigningKey creator_ = inputs_.creator();
    crypto::Sha256Digest digest_{};
};

unsigned threadsOf(const benchmark::State& state) { return static_cast<unsigned>(state.range(0)); }

void count(benchmark::State& state, std::uint64_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
}

void encrypting(benchmark::State& state, Bench& bench) {
    for (auto _ : state) {
        state.PauseTiming();
        auto target = bench.fresh("target");
        state.ResumeTiming();
        bench.encryptInto(*target, threadsOf(state));
    }
    count(state, bench.size());
}

void copyingAndSyncing(benchmark::State& state, Bench& bench) {
    const std::string command = "cp '" + bench.path("source").string() + "' '" + bench.path("target").string() + "'";
    for (auto _ : state) {
        state.PauseTiming();
        bench.fresh("target");
        state.ResumeTiming();
        if (std::system(command.c_str()) != 0)
            stop(makeError(ErrorCode::internal, "cp failed"));
        must(bench.open("target")->sync());
    }
    count(state, bench.size());
}

/// What a store does: encrypt, sync, read back.
void storing(benchmark::State& state, Bench& bench) {
    const auto now = [] { return std::chrono::steady_clock::now(); };
    std::chrono::duration<double, std::milli> syncing{};
    for (auto _ : state) {
        state.PauseTiming();
        auto target = bench.fresh("target");
        state.ResumeTiming();
        const Stored stored = bench.encryptInto(*target, threadsOf(state));
        const auto written = now();
        must(target->sync());
        syncing += now() - written;
        bench.verifyWrittenIn(*target, stored, threadsOf(state));
    }
    count(state, bench.size());
    state.counters["sync_ms"] = benchmark::Counter(syncing.count(), benchmark::Counter::kAvgIterations);
}

void verifying(benchmark::State& state, Bench& bench) {
    auto container = bench.open("container");
    for (auto _ : state)
        bench.verifyIn(*container, bench.digest(), threadsOf(state));
    count(state, bench.size());
}

void decrypting(benchmark::State& state, Bench& bench) {
    for (auto _ : state) {
        state.PauseTiming();
        auto target = bench.fresh("target");
        state.ResumeTiming();
        bench.decryptInto(*target, threadsOf(state));
    }
    count(state, bench.size());
}

/// What the processor does for a file of 4 KiB: encrypt and read back, in memory.
void smallFile(benchmark::State& state) {
    const test::Inputs inputs;
    const crypto::SigningKey creator = inputs.creator();
    crypto::SystemRandom random;
    ssprotect::test::MemoryFile source(test::patterned(4096));
    for (auto _ : state) {
        ssprotect::test::MemoryFile target;
        const Stored stored = must(encrypt(source, 4096, target, inputs.identity, inputs.keys(), creator, random, {}));
        must(verify(target, inputs.keys(), creator.publicKey(), stored.digest, {}));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

} // namespace
} // namespace ssprotect::container

int main(int argc, char** argv) {
    using namespace ssprotect::container;
    benchmark::Initialize(&argc, argv);
    const std::filesystem::path parent = argc > 1 ? argv[1] : ".";
    const std::uint64_t mebibytes = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1024;
    Bench bench(parent, mebibytes << 20);
    const auto large = [&](const char* name, auto function) {
        return benchmark::RegisterBenchmark(name,
                                            [&bench, function](benchmark::State& state) { function(state, bench); })
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime();
    };
    large("encrypt", encrypting)->Arg(1)->Arg(2);
    large("verify", verifying)->Arg(1)->Arg(2);
    large("decrypt", decrypting)->Arg(1)->Arg(2);
    large("cp+fsync", copyingAndSyncing)->Iterations(3);
    large("store", storing)->Arg(1)->Arg(2)->Iterations(3);
    benchmark::RegisterBenchmark("small_file", smallFile);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
