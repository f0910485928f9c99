// Takes the instance lock of the home that its argument names, says so on its standard error, and keeps it until
// it is killed.

#include "ssprotect/ipc/instance_lock.h"

#include <condition_variable>
#include <cstdio>
#include <mutex>

int main(int count, char** arguments) {
    if (count != 2)
        return 2;
    const auto lock = ssprotect::ipc::InstanceLock::acquire(ssprotect::ipc::Endpoint(arguments[1]));
    std::fputs(lock ? "held" : lock.error().message.c_str(), stderr);
    std::fflush(stderr);
    if (!lock)
        return 1;
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock wait(mutex);
    never.wait(wait, [] { return false; });
}
