#include "https_pair.h"

#include "ssprotect/crypto/system_random.h"

#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

const SystemClock kClock;
const std::vector<std::string> kNames{"127.0.0.1", "localhost"};

Log& silence() {
    static const auto log = makeNullLog();
    return *log;
}

} // namespace

const crypto::CertifiedKey& testAuthority() {
    static crypto::SystemRandom random;
    static const auto authority = crypto::makeCertificateAuthority("test", kClock.now(), random);
    return authority.value();
}

const crypto::CertifiedKey& testCertificate() {
    static crypto::SystemRandom random;
    static const auto certificate = crypto::makeServerCertificate(testAuthority(), kNames, kClock.now(), random);
    return certificate.value();
}

ServerSettings testServerSettings() {
    ServerSettings settings;
    settings.workers = 4;
    settings.eventInterval = std::chrono::milliseconds(5);
    settings.limits.requestsPerAccount = settings.limits.burstPerAccount = 1e9;
    settings.limits.requestsPerAddress = settings.limits.burstPerAddress = 1e9;
    return settings;
}

RemoteSettings clientSettingsFor(const std::vector<std::uint16_t>& ports) {
    RemoteSettings settings;
    for (const auto port : ports)
        settings.servers.push_back("https://127.0.0.1:" + std::to_string(port));
    settings.authorities = {testAuthority().certificate};
    return settings;
}

std::unique_ptr<Server> startServer(Kodiac& kodiac, const ServerSettings& settings,
                                    std::function<Result<std::int64_t>()> newestEvent) {
    auto server = Server::start(settings, testCertificate(), {kodiac, kClock, silence(), {}, std::move(newestEvent)});
    EXPECT_TRUE(server.ok()) << server.error().message;
    return std::move(server.value());
}

std::unique_ptr<RemoteKodiac> makeClient(const RemoteSettings& settings) {
    auto client = RemoteKodiac::make(settings, kClock);
    EXPECT_TRUE(client.ok()) << client.error().message;
    return std::move(client.value());
}

} // namespace ssprotect::kodiac::http
