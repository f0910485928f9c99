#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <string_view>

namespace ssprotect::cli {

/// Where passwords and passphrases come from: the terminal without echo, or with --password-stdin the next line of
/// stdin. `usage` when there is neither, `cancelled` when the person gives up.
class SecretSource {
public:
    explicit SecretSource(bool fromStdin) : fromStdin_(fromStdin) {}

    /// `what`: "password of anna@example.org"
    Result<WipedBytes> existing(std::string_view what);
    /// Asked twice; `usage` when the two differ (on the terminal only after three attempts).
    Result<WipedBytes> fresh(std::string_view what);

    /// A code: `second-factor-missing` when there is none (more). `what`: "code of the token"
    Result<WipedBytes> factor(std::string_view what);
    bool fromStdin() const { return fromStdin_; }

private:
    Result<WipedBytes> ask(std::string_view prompt, std::string_view what);
    bool fromStdin_;
    bool hardened_ = false; ///< this process keeps its memory to itself; commands without secrets need not
};

} // namespace ssprotect::cli
