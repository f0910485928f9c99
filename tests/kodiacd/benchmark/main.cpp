#include "bare_commits.h"
#include "bench.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

/// Drives a KODiAC for cmake/bench-kodiac.sh, which alternates it with what it is measured beside.
///
///     kodiacd-benchmark remote URL CA.PEM CLIENTS
///     kodiacd-benchmark embedded FOLDER
///
/// Each client is an account and a host of its own, over a connection of its own; embedded there is one. Says "ready",
/// then reads commands (bench.h), one a line, and answers each with a line. Embedded, WORK may also be bare: one row a
/// commit in SQLite, in the same folder.
namespace ssprotect::kodiacd {
namespace {

using Words = std::vector<std::string>;

class RemoteBench final : public Bench {
public:
    RemoteBench(const std::string& url, const std::string& ca, int clients) {
        std::ifstream file(ca, std::ios::binary);
        kodiac::http::RemoteSettings settings;
        settings.servers = {url};
        settings.authorities = {{std::istreambuf_iterator<char>(file), {}}};
        constexpr crypto::ScryptParameters kStretching{1 << 17, 8, 1}; // the least that kodiacd takes
        for (int i = 0; i < clients; ++i) {
            auto made = kodiac::http::RemoteKodiac::make(settings, clock_);
            if (!made)
                throw std::runtime_error(made.error().message);
            connections_.push_back(std::move(*made));
            add(std::make_unique<FileWork>(*connections_.back(), random_, "bench" + std::to_string(i) + "@example.org",
                                           kStretching));
        }
    }

private:
    SystemClock clock_;
    crypto::SystemRandom random_;
    std::vector<std::unique_ptr<kodiac::http::RemoteKodiac>> connections_;
};

class EmbeddedBench final : public Bench {
public:
    explicit EmbeddedBench(const std::filesystem::path& folder) : bare_(folder / "bare.db") {
        store::Options options;
        options.schema = kodiac::authoritySchema();
        auto database = store::Database::openSqlite(folder / "kodiac.db", *files_, clock_, options);
        if (!database)
            throw std::runtime_error(database.error().message);
        kodiac::AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        auto opened = kodiac::Authority::open(std::move(*database), random_,
                                              crypto::SecretBytes(kodiac::kMasterKeySize), settings);
        if (!opened)
            throw std::runtime_error(opened.error().message);
        authority_ = std::move(*opened);
        add(std::make_unique<FileWork>(*authority_, random_, "bench@example.org", crypto::ScryptParameters{2, 8, 1}));
        add("bare", [this](auto, auto count, auto& watch) {
            for (std::size_t i = 0; i < count; ++i)
                watch.time([&] { bare_.insertRow(); });
        });
    }

private:
    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    BareCommits bare_;
    std::unique_ptr<kodiac::Authority> authority_;
};

std::unique_ptr<Bench> benchFor(const Words& words) {
    if (words.size() == 4 && words[0] == "remote")
        return std::make_unique<RemoteBench>(words[1], words[2], std::stoi(words[3]));
    if (words.size() == 2 && words[0] == "embedded")
        return std::make_unique<EmbeddedBench>(words[1]);
    throw std::runtime_error("usage: kodiacd-benchmark remote URL CA.PEM CLIENTS | embedded FOLDER");
}

int run(const Words& words) {
    try {
        const auto bench = benchFor(words);
        std::cout << "ready" << std::endl;
        for (std::string line; std::getline(std::cin, line);)
            std::cout << bench->answer(line) << std::endl;
        return 0;
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << '\n';
        return 1;
    }
}

} // namespace
} // namespace ssprotect::kodiacd

int main(int count, char** words) {
    ssprotect::crypto::startSecureHeap();
    return ssprotect::kodiacd::run({words + 1, words + count});
}
