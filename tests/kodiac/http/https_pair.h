#pragma once

#include "ssprotect/kodiac/http/remote_kodiac.h"
#include "ssprotect/kodiac/http/server.h"

#include <functional>

namespace ssprotect::kodiac::http {

/// One CA, and one certificate under it for this machine, made once for the life of the test program.
const crypto::CertifiedKey& testAuthority();
const crypto::CertifiedKey& testCertificate();

/// Calls whatever is behind at the moment.
class Forwarding final : public Kodiac {
public:
    using Behind = std::function<Kodiac&()>;
    explicit Forwarding(Behind behind) : behind_(std::move(behind)) {}
    Result<Reply> perform(const Call& call) override { return behind_().perform(call); }
    crypto::Sha256Digest channelBinding() const override { return {}; }

private:
    const Behind behind_;
};

/// Without limits that a test could run into by itself.
ServerSettings testServerSettings();
RemoteSettings clientSettingsFor(const std::vector<std::uint16_t>& ports);

/// A server on a port of its own, or on `settings.port`. Fails the test when it cannot be started.
std::unique_ptr<Server> startServer(Kodiac& kodiac, const ServerSettings& settings = testServerSettings(),
                                    std::function<Result<std::int64_t>()> newestEvent = {});
std::unique_ptr<RemoteKodiac> makeClient(const RemoteSettings& settings);

} // namespace ssprotect::kodiac::http
