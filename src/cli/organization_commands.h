#pragma once

#include "context.h"

#include <optional>
#include <string>
#include <vector>

/// Policies, Edit Locks, hosts and reports.
namespace ssprotect::cli {

Outcome showPolicy(Context& context);
/// KEY=VALUE each; `policy show` lists the keys.
Outcome setPolicy(Context& context, const std::vector<std::string>& assignments);
Outcome showLicense(Context& context);

Outcome showLocks(Context& context, const std::string& name);
/// REQ LOCK; with `wait` it comes back once the lock is this session's.
Outcome requestLock(Context& context, const std::string& name, bool wait);
Outcome forceLock(Context& context, const std::string& name);
Outcome releaseLock(Context& context, const std::string& name);

Outcome listHosts(Context& context);
struct LoginOptions;
/// ACC-8: asks an enrolled host, shows the code to compare and waits for the answer.
Outcome requestHost(Context& context, const LoginOptions& options);
Outcome approveHost(Context& context, const std::string& host, const std::string& code);
Outcome removeHost(Context& context, const std::string& host);
/// TFA-5: the token's seed is read like a password.
Outcome useOathToken(Context& context);
Outcome useSoftwareFactor(Context& context);

struct ReportOptions {
    std::string kind; ///< user, file, integrated, disclosure
    std::string account;
    std::string host; ///< of `disclosure`
    std::string file; ///< a path or a FileID
    std::string from; ///< YYYY-MM-DD
    std::string to;
    std::string format = "text"; ///< text, csv, json
    std::uint64_t days = 30;     ///< of `disclosure`
    std::uint64_t limit = 1000;
};
Outcome report(Context& context, const ReportOptions& options);

} // namespace ssprotect::cli
