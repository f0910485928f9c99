#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/kodiac/outbox.h"

#include <stop_token>
#include <string>

namespace ssprotect::kodiac::mail {

struct MailEnvelope {
    MailId id;
    MailKind kind = MailKind::registrationCode;
    TimePoint created{};
    std::string from;
    std::string recipient;
};

enum class Sending {
    delivered, ///< whoever took it has it for good
    tryAgain,
    refused, ///< for good
    stopped, ///< given up because we stop; not delivered as far as we know
};

struct SendingResult {
    Sending result = Sending::delivered;
    std::string reason; ///< of kodiac/mail_reason.h; empty when delivered or stopped
};

/// Hands messages over to whoever carries them. One thread at a time.
class MailTransport {
public:
    virtual ~MailTransport() = default;
    /// Returns soon after `stop` is asked for, and after a time-out of its own otherwise.
    virtual SendingResult send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) = 0;
};

} // namespace ssprotect::kodiac::mail
