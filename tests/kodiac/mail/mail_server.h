#pragma once

#include "ssprotect/kodiac/mail/smtp_transport.h"
#include "support/program_run.h"
#include "support/temp_folder.h"

#include <memory>
#include <string>
#include <vector>

namespace ssprotect::kodiac::mail {

/// A certificate that nobody but itself vouches for, and its key, as PEM files.
struct TestCertificate {
    std::string certificate;
    std::string key;
};
TestCertificate makeCertificate(const support::TempFolder& folder, const std::string& name,
                                const std::string& subjectAltName);

/// A real mail server in a process of its own (smtp_server.py), with STARTTLS and a login, for as long as this lives.
class MailServer {
public:
    static constexpr std::string_view kUser = "kodiac";
    static constexpr std::string_view kPassword = "correct horse";

    enum class Tls { startTls, atOnce, none };

    explicit MailServer(const std::string& mode = "good", Tls tls = Tls::startTls, bool login = true,
                        const std::string& subjectAltName = "IP:127.0.0.1");

    /// What fits this server.
    SmtpSettings settings() const;
    std::unique_ptr<SmtpTransport> transport() const;
    std::unique_ptr<SmtpTransport> transport(SmtpSettings settings) const;

    /// The mails that it took, in order.
    std::vector<std::string> mails() const;
    /// How often a line with that beginning happened.
    int events(std::string_view beginning) const;

private:
    support::TempFolder folder_;
    Tls tls_;
    bool login_;
    TestCertificate certificate_;
    std::unique_ptr<support::ProgramRun> program_;
    std::uint16_t port_ = 0;
    SystemClock clock_;
};

} // namespace ssprotect::kodiac::mail
