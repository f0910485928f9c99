#pragma once

#include "descriptor.h"

#include <cstdint>
#include <cstdlib>
#include <sys/eventfd.h>

namespace ssprotect::platform {

/// Gets a thread out of poll(). Any thread.
class WakeEvent {
public:
    /// Aborts when the process has no descriptor left: the threads that need it could never be stopped.
    WakeEvent() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        if (!event_)
            std::abort();
    }
    int get() const { return event_.get(); }
    void wake() const {
        const std::uint64_t one = 1;
        static_cast<void>(!::write(event_.get(), &one, sizeof one));
    }
    void clear() const {
        std::uint64_t count = 0;
        static_cast<void>(!::read(event_.get(), &count, sizeof count));
    }

private:
    Descriptor event_;
};

} // namespace ssprotect::platform
