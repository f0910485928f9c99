#include "ssprotect/platform/hardening.h"

#include <csignal>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace ssprotect::platform {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true; // the leak check of a sanitizer has to attach to the process
#else
constexpr bool kSanitized = false;
#endif

constexpr mode_t kOwnerOnly = 077;

} // namespace

UserDefaults hardenProcess() {
    const struct rlimit none {};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
    if (!kSanitized)
        static_cast<void>(::prctl(PR_SET_DUMPABLE, 0));
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
    UserDefaults defaults;
    defaults.fileMask = ::umask(kOwnerOnly);
    return defaults;
}

bool lockMemory() {
    struct rlimit limit {};
    if (kSanitized || ::getrlimit(RLIMIT_MEMLOCK, &limit) != 0)
        return false;
    limit.rlim_cur = limit.rlim_max;
    if (limit.rlim_max != RLIM_INFINITY || ::setrlimit(RLIMIT_MEMLOCK, &limit) != 0)
        return false;
    return ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
}

} // namespace ssprotect::platform
