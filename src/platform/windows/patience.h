#pragma once

#include <chrono>
#include <thread>
#include <windows.h>

namespace ssprotect::platform {

/// Scanners and indexers open fresh files for moments; they are outwaited, people's programs are not.
inline bool passesSoon(DWORD error) {
    return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION || error == ERROR_DELETE_PENDING ||
           error == ERROR_UNABLE_TO_REMOVE_REPLACED || error == ERROR_USER_MAPPED_FILE;
}

/// Calls until it is ERROR_SUCCESS or an error that will not pass soon, at most for about two thirds of a second.
template <class Call> DWORD patiently(Call call) {
    constexpr int kRetries = 6;
    std::chrono::milliseconds pause{10};
    DWORD error = call();
    for (int retry = 0; retry < kRetries && passesSoon(error); ++retry) {
        std::this_thread::sleep_for(pause);
        pause *= 2;
        error = call();
    }
    return error;
}

/// The outcome of a call of the system as its error.
inline DWORD errorUnless(BOOL done) { return done != FALSE ? ERROR_SUCCESS : ::GetLastError(); }

} // namespace ssprotect::platform
