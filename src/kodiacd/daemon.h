#pragma once

#include "kodiac_access.h"
#include "ssprotect/kodiac/http/server.h"
#include "ssprotect/kodiac/mail/mail_worker.h"
#include "upkeep.h"

#include <memory>

namespace ssprotect::kodiacd {

/// A KODiAC that is served: the Authority, its HTTPS front, its mails and its upkeep. One thread.
class Daemon {
public:
    /// Serves when it returns. Errors say which setting or file is at fault.
    static Result<std::unique_ptr<Daemon>> start(const Environment& environment, const Place& place);
    /// Stops: what runs is finished, for at most `limits.stop_seconds`.
    ~Daemon();

    std::uint16_t port() const { return server_->port(); }
    const std::string& address() const { return address_; }

    /// The files of the certificates have changed, perhaps. On an Error the server goes on with those it has.
    Status reloadCertificates();

private:
    Daemon(const Environment& environment, DataFolder folder);
    Status startServer(const Configuration& configuration);
    Status startMail(const Place& place);
    void lookAfter();
    void lookAtCertificates();

    Environment environment_;
    DataFolder folder_;
    std::string address_;
    TimePoint certificatesLookedAt_{};
    std::unique_ptr<kodiac::Authority> authority_;
    std::unique_ptr<kodiac::mail::MailWorker> mail_;
    std::unique_ptr<Upkeep> upkeep_;
    std::unique_ptr<kodiac::http::Server> server_;
};

} // namespace ssprotect::kodiacd
