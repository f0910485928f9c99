#pragma once

#include "ssprotect/crypto/secret.h"
#include "ssprotect/session/environment.h"

namespace ssprotect::session {

/// Where the codes of this host's second factor come from (TFA-1, TFA-5). One thread at a time.
class CodeSource {
public:
    virtual ~CodeSource() = default;
    /// The code that goes with a request of that number; may wait for a person. `second-factor-missing` without one.
    virtual Result<std::string> code(std::uint64_t counter) = 0;
};

/// RFC 4226 with the secret that KODiAC gave this host: 8 digits.
class SoftwareCodes final : public CodeSource {
public:
    explicit SoftwareCodes(crypto::SecretBytes secret) : secret_(std::move(secret)) {}
    Result<std::string> code(std::uint64_t counter) override;

private:
    const crypto::SecretBytes secret_;
};

/// The next code of a token in the person's hand, whose own counter nobody here knows.
class OathCodes final : public CodeSource {
public:
    using Ask = std::function<Result<std::string>(std::uint32_t digits)>;
    OathCodes(std::uint32_t digits, Ask ask) : digits_(digits), ask_(std::move(ask)) {}
    Result<std::string> code(std::uint64_t counter) override;

private:
    const std::uint32_t digits_;
    const Ask ask_;
};

} // namespace ssprotect::session
