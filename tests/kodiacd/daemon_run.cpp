#include "daemon_run.h"

#include "ssprotect/platform/secret_file.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ssprotect::kodiacd {
namespace {

const std::string kProgram = std::string(SSPROTECT_BIN_DIR) + "/kodiacd";

Words serving(const std::filesystem::path& data, const Words& more) {
    Words words{kProgram, "serve", "--data", data.string(), "--listen", "127.0.0.1:0"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

} // namespace

support::ProgramResult kodiacd(const Words& words) {
    Words all{kProgram};
    all.insert(all.end(), words.begin(), words.end());
    return support::ProgramRun(all, {}).wait();
}

std::string textOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeText(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::filesystem::path onlyFile(const std::filesystem::path& folder, const std::string& part) {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().find(part) != std::string::npos) {
            EXPECT_TRUE(found.empty()) << "more than one file with " << part;
            found = entry.path();
        }
    return found;
}

DaemonRun::DaemonRun(const std::filesystem::path& data, const Words& more,
                     const std::map<std::string, std::string>& environment)
    : run_(serving(data, more), environment) {
    constexpr std::string_view kBefore = "listening at https://127.0.0.1:";
    if (!run_.waitForOutput("\n"))
        return;
    const std::string line = run_.output();
    const auto digits = line.find(kBefore);
    if (digits != std::string::npos)
        std::from_chars(line.data() + digits + kBefore.size(), line.data() + line.size(), port_);
}

void DaemonRun::signal(int number) const { ASSERT_EQ(::kill(run_.id(), number), 0); }

support::ProgramResult DaemonRun::stop() {
    signal(SIGTERM);
    return wait();
}

void DaemonRun::kill() {
    signal(SIGKILL);
    wait();
}

void DaemonTest::init(const Words& more) {
    Words words = at({"init", "--individuals"});
    words.insert(words.end(), more.begin(), more.end());
    const auto made = kodiacd(words);
    ASSERT_EQ(made.exitCode, 0) << made.err;
}

Words DaemonTest::at(Words words) const {
    words.insert(words.end(), {"--data", data().string()});
    return words;
}

std::unique_ptr<kodiac::http::RemoteKodiac> DaemonTest::client(const Words& urls) const {
    kodiac::http::RemoteSettings settings;
    settings.servers = urls;
    settings.authorities = {textOf(data() / "ca.pem")};
    auto made = kodiac::http::RemoteKodiac::make(settings, clock_);
    EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
    return std::move(*made);
}

std::unique_ptr<kodiac::Authority> DaemonTest::authorityHere(const std::optional<crypto::SecretBytes>& url) {
    store::Options options;
    options.schema = kodiac::authoritySchema();
    auto database = url ? store::Database::openPostgres(*url, *files_, clock_, options)
                        : store::Database::openSqlite(data() / "kodiac.db", *files_, clock_, options);
    const auto key = platform::readSecretFile(*files_, data() / "master.key", kodiac::kMasterKeySize);
    if (!database || !key)
        throw std::runtime_error("the database of the data folder cannot be opened"); // which fails the test
    kodiac::AuthoritySettings settings;
    settings.scrypt.leastN = 2;
    auto opened = kodiac::Authority::open(std::move(*database), random_, crypto::SecretBytes::copyOf(*key), settings);
    if (!opened)
        throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

void DaemonTest::liftLimits() const {
    configure("\"requests_per_account\": 100.0", "\"requests_per_account\": 1000000.0");
    configure("\"burst_per_account\": 300.0", "\"burst_per_account\": 1000000.0");
    configure("\"requests_per_address\": 1000.0", "\"requests_per_address\": 1000000.0");
    configure("\"burst_per_address\": 3000.0", "\"burst_per_address\": 1000000.0");
}

void DaemonTest::configure(const std::string& from, const std::string& to) const {
    std::string text = textOf(data() / "kodiacd.json");
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    writeText(data() / "kodiacd.json", text);
}

support::ProgramResult DaemonTest::get(const std::filesystem::path& ca, const std::string& url) {
    return support::ProgramRun({"curl", "--silent", "--show-error", "--fail", "--max-time", "30", "--noproxy", "*",
                                "--cacert", ca.string(), url},
                               {})
        .wait();
}

} // namespace ssprotect::kodiacd
