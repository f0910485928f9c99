#pragma once

#include "ssprotect/kodiac/mail/mail_transport.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::kodiac::mail {

/// One file per mail, `20260131T081500Z-registration-code-ID.eml`, whole or not there, for the owner only (codes are in
/// them). The same mail delivered again takes the place of itself.
class FolderTransport final : public MailTransport {
public:
    FolderTransport(platform::FileSystem& files, platform::Path folder) : files_(files), folder_(std::move(folder)) {}

    SendingResult send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) override;

private:
    platform::FileSystem& files_;
    platform::Path folder_;
};

} // namespace ssprotect::kodiac::mail
