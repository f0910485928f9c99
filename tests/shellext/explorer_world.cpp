#include "explorer_world.h"

#include "ssprotect/container/identity.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

namespace fs = std::filesystem;

template <class Id> Id filled(Byte filler) {
    std::array<Byte, Id::kSize> bytes{};
    bytes.fill(filler);
    return Id(bytes);
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

void writeBytes(const fs::path& path, ByteView bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// In the registry for as long as this program runs.
class RegisteredDll {
public:
    RegisteredDll() { EXPECT_EQ(call("register"), "0x00000000\n"); }
    ~RegisteredDll() { call("unregister"); }
    RegisteredDll(const RegisteredDll&) = delete;
    RegisteredDll& operator=(const RegisteredDll&) = delete;

private:
    static std::string call(const std::string& deed) {
        const auto dll = utf8(fs::path(SSPROTECT_BIN_DIR) / "ssprotect-shell.dll");
        return support::ProgramRun({program("ssprotect-shell-host"), deed, dll}, {}).wait().out;
    }
};

constexpr const char* kEndVariable = "SSPROTECT_SHELL_AWAIT";

} // namespace

std::string utf8(fs::path path) {
    const auto text = path.make_preferred().u8string();
    return {text.begin(), text.end()};
}

StayingHost::StayingHost(const std::vector<std::string>& command, const fs::path& home, fs::path endFile)
    : endFile_(std::move(endFile)), run_(command, {{"SSPROTECT_HOME", utf8(home)}, {kEndVariable, utf8(endFile_)}}) {}

Said StayingHost::finish() {
    EXPECT_TRUE(run_.waitForError("invoked"));
    std::ofstream(endFile_) << "end";
    const auto result = run_.wait();
    fs::remove(endFile_);
    return {result.exitCode, linesOf(result.out), result.err};
}

AccountId accountOf(Byte filler) { return filled<AccountId>(filler); }
OrganizationId organizationOf(Byte filler) { return filled<OrganizationId>(filler); }

std::string program(const std::string& name) {
    return std::string(SSPROTECT_BIN_DIR) + "/" + name + SSPROTECT_PROGRAM_SUFFIX;
}

ExplorerWorld::ExplorerWorld() {
    fs::create_directories(home() / "host");
    fs::create_directories(documents());
    static const RegisteredDll registered;
}

fs::path ExplorerWorld::plain(const std::string& name, const std::string& content) {
    const auto path = documents() / fs::path(std::u8string(name.begin(), name.end()));
    writeBytes(path, viewOf(content));
    return path;
}

fs::path ExplorerWorld::sealed(const std::string& name, AccountId owner, OrganizationId organization) {
    container::Identity identity;
    identity.owner = owner;
    identity.organization = organization;
    identity.version = 3;
    identity.storedAt = fromUnixMillis(1'700'000'000'000);
    const auto header = identity.bytes();
    Bytes bytes(400, 0);
    std::ranges::copy(header, bytes.begin());
    const auto path = documents() / fs::path(std::u8string(name.begin(), name.end()));
    writeBytes(path, bytes);
    return path;
}

void ExplorerWorld::publish(const container::Viewer& viewer) {
    writeBytes(home() / container::kViewerFile, viewOf(viewer.text()));
}

std::vector<std::string> ExplorerWorld::hostCommand(const std::string& deed, const std::vector<fs::path>& files,
                                                    const std::vector<std::string>& before) const {
    std::vector<std::string> command{program("ssprotect-shell-host"), deed};
    command.insert(command.end(), before.begin(), before.end());
    for (const auto& file : files)
        command.push_back(utf8(file));
    return command;
}

Said ExplorerWorld::host(const std::string& deed, const std::vector<fs::path>& files,
                         const std::vector<std::string>& before,
                         const std::map<std::string, std::string>& environment) const {
    auto variables = environment;
    variables["SSPROTECT_HOME"] = utf8(home());
    const auto result = support::ProgramRun(hostCommand(deed, files, before), variables).wait();
    return {result.exitCode, linesOf(result.out), result.err};
}

StayingHost ExplorerWorld::stayingHost(const std::string& deed, const std::vector<fs::path>& files,
                                       const std::vector<std::string>& before) const {
    return {hostCommand(deed, files, before), home(), folder_ / "end"};
}

Said ExplorerWorld::hostUntilErrand(const std::string& deed, const std::vector<fs::path>& files,
                                    const std::vector<std::string>& before) const {
    return host(deed, files, before, {{kEndVariable, utf8(home() / "errands.txt")}});
}

std::unique_ptr<support::ProgramRun> ExplorerWorld::trayDouble(const std::string& mode) const {
    auto run = std::make_unique<support::ProgramRun>(
        std::vector<std::string>{program("ssprotect-shell-tray-double"), utf8(home()), mode},
        std::map<std::string, std::string>{});
    EXPECT_TRUE(run->waitForError("ready"));
    return run;
}

std::vector<std::string> ExplorerWorld::errands() const {
    std::ifstream in(home() / "errands.txt", std::ios::binary);
    return linesOf({std::istreambuf_iterator<char>(in), {}});
}

} // namespace ssprotect::shellext::test
