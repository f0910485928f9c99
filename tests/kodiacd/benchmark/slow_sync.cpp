#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>

/// Preloaded into a database's process, it makes of a disk that answers a sync from its cache one that writes first:
/// each sync takes SSPROTECT_SYNC_MICROSECONDS longer.
namespace {

int slowly(const char* name, int file) {
    static const char* const text = std::getenv("SSPROTECT_SYNC_MICROSECONDS");
    static const long microseconds = text != nullptr ? std::atol(text) : 0;
    const auto sync = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, name));
    const int done = sync(file);
    const int error = errno;
    timespec rest{microseconds / 1'000'000, microseconds % 1'000'000 * 1'000};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
    }
    errno = error;
    return done;
}

} // namespace

extern "C" int fsync(int file) { return slowly("fsync", file); }
extern "C" int fdatasync(int file) { return slowly("fdatasync", file); }
