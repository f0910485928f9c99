#pragma once

#include "session_home.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/session/administration.h"
#include "ssprotect/session/lock_keeper.h"

namespace ssprotect::session {

inline constexpr std::string_view kAdministrator = "ada@example.org";
inline constexpr std::string_view kDelegate = "dora@example.org";
inline constexpr std::string_view kUser = "uma@example.org";

class OrganizationScene;

/// A host far from its KODiAC: a home of its own, and somebody who may interfere on the way.
class MemberHome {
public:
    /// `opener`: how it reaches its KODiAC; by `between` without one.
    MemberHome(OrganizationScene& scene, std::string folder, ServerDirectory::Opener opener = {});

    /// As a crash would.
    void crash();

    LoginTarget target(std::string_view email) const { return {{}, std::string(email), servers}; }
    Result<SessionInfo> login(std::string_view email, std::string_view password = kPassword);
    Result<Registration> registerWith(std::string_view email, ByteView code, std::string_view password = kPassword);
    std::shared_ptr<Session> session() { return manager().current(); }
    SessionManager& manager() { return *manager_; }
    LockKeeper& locks() { return *locks_; }
    HostDatabase& database() { return *database_; }
    Administration admin() { return {session(), locks()}; }
    platform::Path file(std::string_view name) const;

    ServerSet servers;
    InterposedKodiac between;
    /// What the token in the person's hand shows, one after the other (TFA-5).
    std::vector<std::string> tokenCodes;
    std::function<void(const CodeQuestion&)> whenAsked; ///< before that code is given

private:
    void open();

    OrganizationScene& scene_;
    const std::string folder_;
    ServerDirectory directory_;
    std::unique_ptr<HostDatabase> database_;
    std::unique_ptr<SessionManager> manager_;
    std::unique_ptr<LockKeeper> locks_;
};

/// One KODiAC with an Organization, and the hosts of its people.
class OrganizationScene {
public:
    OrganizationScene();

    ServerSet servers() const { return {{"https://kodiac.example.org"}, {pin_}}; }
    std::unique_ptr<MemberHome> home(std::string name) { return std::make_unique<MemberHome>(*this, std::move(name)); }
    Environment environment() { return {clock, random, *files, *log}; }
    kodiac::Authority& authority() { return *authority_; }

    /// The text of the newest code of that kind that was mailed to the address.
    crypto::SecretBytes mailedCode(std::string_view email, kodiac::MailKind kind = kodiac::MailKind::registrationCode);
    /// Registers the Administrator of a new Organization at that home, logged in and through the key export.
    void found(MemberHome& at);
    /// Provisions, registers at its home, validates with compared codes, and logs in.
    void bringIn(MemberHome& by, MemberHome& at, std::string_view email, bool asDelegate = false);

    support::TempFolder folder;
    test::ManualClock clock;
    test::SeededRandom random{7};
    std::unique_ptr<platform::FileSystem> files = platform::makeSystemFiles();
    std::shared_ptr<Log> log = makeNullLog();

private:
    std::string pin_;
    std::unique_ptr<kodiac::Authority> authority_;
};

} // namespace ssprotect::session
