#pragma once

#include "ssprotect/platform/file_system.h"
#include "ssprotect/session/embedded_kodiac.h"
#include "ssprotect/session/session_manager.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"
#include "support/temp_folder.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::session {

inline constexpr std::string_view kEmail = "ada@example.org";
inline constexpr std::string_view kPassword = "correct horse battery";
inline constexpr std::string_view kNextPassword = "another staple entirely";
inline constexpr std::string_view kPassphrase = "kept in the fire-proof box";

/// KODiAC with somebody in between, who may look, change, or lose what passes.
class InterposedKodiac final : public kodiac::Kodiac {
public:
    using Passing = std::function<Result<kodiac::Reply>(const kodiac::Call&)>;
    using Interference = std::function<Result<kodiac::Reply>(const kodiac::Call&, const Passing&)>;

    void connect(kodiac::Kodiac* behind) { behind_ = behind; }
    void interfere(Interference interference) { interference_ = std::move(interference); }

    Result<kodiac::Reply> perform(const kodiac::Call& call) override;
    crypto::Sha256Digest channelBinding() const override { return binding; }

    crypto::Sha256Digest binding{}; ///< of the connection; zeros as in process
    /// Operation and counter of every call since the last `forget`.
    std::vector<std::pair<std::string, std::uint64_t>> calls;

private:
    kodiac::Kodiac* behind_ = nullptr;
    Interference interference_;
};

/// A home with the real embedded KODiAC, cheap scrypt, and time that stands still.
class SessionHome {
public:
    explicit SessionHome(std::uint64_t seed = 1);
    ~SessionHome();

    /// As a crash would: nothing is said good-bye to.
    void crash();
    void open();
    void closeKodiac();
    void openKodiac();

    /// An account whose keys are exported to `keysFile()`, logged in.
    SessionInfo createAccount(std::string_view email = kEmail);
    platform::Path keysFile() const { return folder / "exported.keys"; }

    Environment environment() { return {clock, random, *files, *log}; }
    SessionSettings settings() const;
    HomeLayout layout() const { return {folder / "home"}; }
    SessionManager& manager() { return *manager_; }
    HostDatabase& database() { return *database_; }
    EmbeddedKodiac& kodiac() { return *kodiac_; }
    std::shared_ptr<Session> session() { return manager().current(); }

    support::TempFolder folder;
    test::ManualClock clock;
    test::SeededRandom random;
    std::unique_ptr<platform::FileSystem> files = platform::makeSystemFiles();
    std::shared_ptr<Log> log = makeNullLog();
    InterposedKodiac between;
    ServerDirectory directory{between};

private:
    std::unique_ptr<HostDatabase> database_;
    std::unique_ptr<EmbeddedKodiac> kodiac_;
    std::unique_ptr<SessionManager> manager_;
};

/// "ok" or the word of the error, which is what tests compare.
template <class T> std::string_view wordOf(const Result<T>& result) {
    return result.ok() ? std::string_view("ok") : result.error().word();
}

} // namespace ssprotect::session
