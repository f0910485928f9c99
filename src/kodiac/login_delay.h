#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// Wrong passwords make the next attempt wait, longer each time up to a minute; nobody is locked out. A host that
/// has proved its second factor waits only for its own attempts, so strangers cannot keep the user out.
class LoginDelay {
public:
    LoginDelay(Context& context, std::string_view emailKey, const std::optional<HostId>& provenHost);

    /// How long is to be waited; 0: not at all.
    std::int64_t secondsLeft() const;
    /// `login-failed` with the seconds left, while it is too early. Being early does not lengthen the wait.
    Status check() const;
    void countFailure();
    void forget();

private:
    Context& context_;
    Bytes who_;
    std::int64_t failures_ = 0;
    TimePoint retryAt_{};
};

} // namespace ssprotect::kodiac
