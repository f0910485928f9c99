#pragma once

#include "platform/windows/handle.h"

#include <atomic>
#include <string>

namespace ssprotect::platform {

/// An event that a test and the programs it starts know by name.
class Signal {
public:
    Signal() : name_(freshName()) {
        const std::wstring wide(name_.begin(), name_.end());
        event_ = Handle(::CreateEventW(nullptr, FALSE, FALSE, wide.c_str()));
    }
    const std::string& name() const { return name_; }
    void wait() const { ::WaitForSingleObject(event_.get(), INFINITE); }
    void give() const { ::SetEvent(event_.get()); }

private:
    static std::string freshName() {
        static std::atomic<unsigned> next{0};
        return "ssprotect-test-" + std::to_string(::GetCurrentProcessId()) + "-" + std::to_string(++next);
    }

    std::string name_;
    Handle event_;
};

} // namespace ssprotect::platform
