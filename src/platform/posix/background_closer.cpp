#include "background_closer.h"

#include <system_error>

namespace ssprotect::platform {

void BackgroundCloser::close(Descriptor file) {
    const std::scoped_lock lock(mutex_);
    if (closing_.joinable())
        closing_.join();
    try {
        closing_ = std::thread([closed = std::move(file)] {});
    } catch (const std::system_error&) {
        // No thread to be had: it was closed here.
    }
}

void BackgroundCloser::wait() {
    const std::scoped_lock lock(mutex_);
    if (closing_.joinable())
        closing_.join();
}

} // namespace ssprotect::platform
