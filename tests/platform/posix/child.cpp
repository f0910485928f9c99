#include "child.h"

#include <cstdlib>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

constexpr unsigned kNobody = 65534;

} // namespace

bool isRoot() { return ::geteuid() == 0; }

bool holdsInChild(const std::function<bool()>& check) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(check() ? EXIT_SUCCESS : EXIT_FAILURE);
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == EXIT_SUCCESS;
}

bool holdsAsNobody(const std::function<bool()>& check) {
    return holdsInChild([&] {
        return ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
               ::setresuid(kNobody, kNobody, kNobody) == 0 && check();
    });
}

} // namespace ssprotect::platform
