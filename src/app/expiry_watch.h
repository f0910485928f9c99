#pragma once

#include "ssprotect/session/session_manager.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ssprotect::app {

/// Ends the login session when its time has come (ACC-9), within half a minute, also when nobody asks.
class ExpiryWatch {
public:
    explicit ExpiryWatch(session::SessionManager& sessions) : sessions_(sessions) {}
    ~ExpiryWatch() { stop(); }

    void start();
    void stop();

private:
    void watch();

    session::SessionManager& sessions_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace ssprotect::app
