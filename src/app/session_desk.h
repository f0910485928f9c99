#pragma once

#include "ssprotect/app/acknowledger.h"
#include "ssprotect/app/application.h"
#include "ssprotect/conversion/converter.h"
#include "ssprotect/conversion/recovery.h"
#include "ssprotect/session/host_list.h"
#include "ssprotect/session/session_manager.h"

#include <memory>
#include <mutex>

namespace ssprotect::app {

/// One login session with the engine that works under it; whoever holds it can finish what it
/// began, also after logout (PROT-14).
class SessionWork {
public:
    SessionWork(const Outside& outside, session::HostDatabase& host, conversion::Journal& journal,
                std::shared_ptr<session::Session> session);

    session::Session& session() { return *session_; }
    const std::shared_ptr<session::Session>& sharedSession() const { return session_; }
    session::HostList& hostList() { return hostList_; }
    conversion::Converter& converter() { return converter_; }

    /// The engine's own recovery under this session: settles what only KODiAC can decide.
    conversion::RecoveryReport recover();

    /// What KODiAC says of the account; asked once per session and refresh, since each operation asks for it.
    Result<kodiac::ShowAccount::Response> account();
    void forgetAccount();
    Status setAccount(const kodiac::SetAccount::Request& wanted);

private:
    const Outside outside_;
    conversion::Journal& journal_;
    std::shared_ptr<session::Session> session_;
    session::HostList hostList_;
    conversion::Converter converter_;
    std::mutex mutex_;
    std::optional<kodiac::ShowAccount::Response> account_;
};

/// Keeps the work of the present login session. Any thread.
class SessionDesk final : public session::SessionListener {
public:
    SessionDesk(const Outside& outside, session::HostDatabase& host, session::SessionManager& sessions,
                conversion::Journal& journal);
    ~SessionDesk() override;

    /// For work on content: `not-logged-in`, or `export-keys-first` in a first session.
    Result<std::shared_ptr<SessionWork>> require();
    /// Null when nobody is logged in; works in a first session too.
    std::shared_ptr<SessionWork> current();

    void sessionRefreshed(const session::SessionInfo&) override;
    void sessionEnded(session::SessionEnd) override;

private:
    std::shared_ptr<SessionWork> workFor(std::shared_ptr<session::Session> session);

    const Outside outside_;
    session::HostDatabase& host_;
    session::SessionManager& sessions_;
    conversion::Journal& journal_;
    std::mutex mutex_;
    std::shared_ptr<SessionWork> work_;
};

} // namespace ssprotect::app
