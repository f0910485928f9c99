#pragma once

#include "ssprotect/crypto/secret.h"
#include "ssprotect/session/environment.h"

#include <optional>

namespace ssprotect::session {

/// The codes that this host makes by itself: RFC 4226 with the secret that KODiAC gave it, 8 digits. Any thread.
class OwnCodes {
public:
    explicit OwnCodes(crypto::SecretBytes secret) : secret_(std::move(secret)) {}
    /// The one that goes with a request of that number.
    std::string code(std::uint64_t counter) const;

private:
    const crypto::SecretBytes secret_;
};

/// The codes of a token in the person's hand, whose own counter nobody here knows (TFA-5).
class TokenCodes {
public:
    using Ask = std::function<Result<std::string>(const CodeQuestion&)>;
    TokenCodes(std::uint32_t digits, Ask ask) : digits_(digits), ask_(std::move(ask)) {}

    /// Waits for the person. `following`: right after the one that was just given. `second-factor-missing` without one.
    Result<std::string> ask(bool following) const;

private:
    std::uint32_t digits_;
    Ask ask_;
};

/// Whether an act of the person is due for a call, or the host makes it with nobody at hand.
enum class Attendance { attended, unattended };

} // namespace ssprotect::session
