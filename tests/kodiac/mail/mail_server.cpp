#include "mail_server.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace ssprotect::kodiac::mail {
namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

} // namespace

TestCertificate makeCertificate(const support::TempFolder& folder, const std::string& name,
                                const std::string& subjectAltName) {
    TestCertificate made{(folder / (name + ".crt")).string(), (folder / (name + ".key")).string()};
    const auto result =
        support::ProgramRun({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                             "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                             "subjectAltName=" + subjectAltName, "-keyout", made.key, "-out", made.certificate},
                            {})
            .wait();
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return made;
}

MailServer::MailServer(const std::string& mode, Tls tls, bool login, const std::string& subjectAltName)
    : tls_(tls), login_(login) {
    std::vector<std::string> command{"/usr/bin/python3", SSPROTECT_SOURCE_DIR "/tests/kodiac/mail/smtp_server.py",
                                     folder_.path().string(), mode};
    if (tls != Tls::none) {
        certificate_ = makeCertificate(folder_, "mail", subjectAltName);
        command.insert(command.end(), {"--cert", certificate_.certificate, "--key", certificate_.key});
    }
    if (tls == Tls::atOnce)
        command.push_back("--tls-at-once");
    if (login)
        command.insert(command.end(), {"--user", std::string(kUser), "--password", std::string(kPassword)});
    program_ = std::make_unique<support::ProgramRun>(command, std::map<std::string, std::string>{});
    if (!program_->waitForError("ready"))
        ADD_FAILURE() << "the mail server does not start: " << program_->wait().err;
    else
        port_ = static_cast<std::uint16_t>(std::stoi(contentOf(folder_ / "port")));
}

SmtpSettings MailServer::settings() const {
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port_;
    settings.safety = tls_ == Tls::startTls ? SmtpSafety::startTls
                      : tls_ == Tls::atOnce ? SmtpSafety::tlsAtOnce
                                            : SmtpSafety::unencrypted;
    if (login_) {
        settings.user = kUser;
        settings.password = crypto::SecretBytes::copyOf(viewOf(kPassword));
    }
    settings.caFile = certificate_.certificate;
    settings.ownName = "kodiac.example.org";
    return settings;
}

std::unique_ptr<SmtpTransport> MailServer::transport() const { return transport(settings()); }

std::unique_ptr<SmtpTransport> MailServer::transport(SmtpSettings settings) const {
    auto made = SmtpTransport::make(std::move(settings), clock_);
    EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
    return made ? std::move(*made) : nullptr;
}

std::vector<std::string> MailServer::mails() const {
    std::vector<std::string> mails;
    for (int number = 1; std::filesystem::exists(folder_ / (std::to_string(number) + ".eml")); ++number)
        mails.push_back(contentOf(folder_ / (std::to_string(number) + ".eml")));
    return mails;
}

int MailServer::events(std::string_view beginning) const {
    std::istringstream lines(contentOf(folder_ / "events"));
    int count = 0;
    for (std::string line; std::getline(lines, line);)
        count += line.starts_with(beginning) ? 1 : 0;
    return count;
}

} // namespace ssprotect::kodiac::mail
