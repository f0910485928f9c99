#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"
#include "ssprotect/platform/file_system.h"
#include "support/individual.h"
#include "support/program_run.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect::kodiacd {

using Words = std::vector<std::string>;

/// `kodiacd WORDS…`, to its end.
support::ProgramResult kodiacd(const Words& words);
std::string textOf(const std::filesystem::path& file);
void writeText(const std::filesystem::path& file, const std::string& text);
/// The only file of a folder whose name holds `part`; none: empty.
std::filesystem::path onlyFile(const std::filesystem::path& folder, const std::string& part);

/// `kodiacd serve` in a process of its own, at a port that the system chooses. It is killed when this object goes
/// first.
class DaemonRun {
public:
    /// Returns once it serves; `port` 0 when it did not.
    explicit DaemonRun(const std::filesystem::path& data, const Words& more = {},
                       const std::map<std::string, std::string>& environment = {});

    std::uint16_t port() const { return port_; }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
    void signal(int number) const;
    bool waitForLog(const std::string& text) { return run_.waitForError(text); }
    support::ProgramResult wait() { return run_.wait(); }
    /// SIGTERM, and its end.
    support::ProgramResult stop();
    void kill();

private:
    support::ProgramRun run_;
    std::uint16_t port_ = 0;
};

/// A KODiAC that was made with `kodiacd init`, and its clients.
class DaemonTest : public testing::Test {
protected:
    /// Makes it; `more` are further words for init.
    void init(const Words& more = {});
    Words at(Words words) const;
    std::filesystem::path data() const { return folder_ / "data"; }
    std::unique_ptr<kodiac::http::RemoteKodiac> client(const Words& urls) const;
    std::unique_ptr<kodiac::http::RemoteKodiac> client(const DaemonRun& daemon) const {
        return client(Words{daemon.url()});
    }
    /// `kodiacd` takes no cheaper passwords.
    static constexpr crypto::ScryptParameters kStretching{1 << 17, 8, 1};
    test::Individual person(kodiac::Kodiac& kodiac, std::string email = "ada@example.org") {
        test::Individual someone(kodiac, random_, std::move(email));
        someone.stretching = kStretching;
        return someone;
    }
    /// KODiAC in this process, on the database of the data folder (`url`: that of a server): here passwords may be
    /// cheap, so that many people are made quickly. What it leaves in the database is all that a daemon needs of it.
    std::unique_ptr<kodiac::Authority> authorityHere(const std::optional<crypto::SecretBytes>& url = std::nullopt);
    /// Of the configuration: no client is ever too fast.
    void liftLimits() const;
    /// Puts one member of the configuration in the place of another, as JSON text.
    void configure(const std::string& from, const std::string& to) const;
    /// What curl says to a GET with the CA of the data folder.
    static support::ProgramResult get(const std::filesystem::path& ca, const std::string& url);

    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

} // namespace ssprotect::kodiacd
