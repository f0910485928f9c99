#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"
#include "ssprotect/platform/file_system.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ssprotect::kodiac::mail {

enum class SmtpSafety {
    startTls,    ///< smtp: refused if the server offers no STARTTLS
    tlsAtOnce,   ///< smtps
    unencrypted, ///< smtp to this machine only, on request
};

/// Which mail server takes our mails, and how.
struct SmtpSettings {
    std::string host; ///< a name or address; IPv6 without brackets
    std::uint16_t port = 587;
    SmtpSafety safety = SmtpSafety::startTls;
    std::string user; ///< empty: no authentication
    crypto::SecretBytes password;
    platform::Path caFile; ///< PEM; empty: the system's
    std::string ownName;   ///< what EHLO says: a host name
    Duration connectTimeout = std::chrono::seconds(10);
    Duration totalTimeout = std::chrono::seconds(120); ///< of one mail
};

/// `smtp://[USER@]HOST[:PORT]` with STARTTLS (port 587 if none is named) or `smtps://…` (465). `?tls=off` does without
/// TLS, for a mail server at a loopback address only. A `@` in the user is written `%40`. `invalid-input` for anything
/// else, a password in the URL above all: URLs are seen in lists of processes and in logs.
Result<SmtpSettings> smtpSettingsFrom(std::string_view url);

/// The first line of a file for the owner only (0600), else the errors of platform/secret_file.h.
Result<crypto::SecretBytes> readSmtpPassword(platform::FileSystem& files, const platform::Path& file);

} // namespace ssprotect::kodiac::mail
