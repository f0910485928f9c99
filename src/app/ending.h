#pragma once

#include "conversion_methods.h"
#include "rooms.h"

#include <functional>
#include <mutex>

namespace ssprotect::app {

/// Quit, session end (PROT-5): no document that is open is lost, no file is left half converted.
class Ending {
public:
    Ending(Rooms& rooms, ConversionMethods& conversions) : rooms_(rooms), conversions_(conversions) {}
    void addTo(MethodTable& methods);

    void whenEnded(std::function<void()> ended);
    /// Any thread; what was asked to wait goes on once the last document is closed.
    void documentClosed();
    /// Blocks at most about `deadline`.
    void close(managed::ClosePolicy policy, Duration deadline);

private:
    Result<Json> quit(Invocation& invocation);
    Result<Json> cancelQuit(Invocation& invocation);
    Result<Json> activity(Invocation& invocation);
    std::size_t openCount() const;
    void endIfAllClosed();
    void end();

    Rooms& rooms_;
    ConversionMethods& conversions_;
    std::mutex mutex_;
    std::function<void()> ended_;
    bool waiting_ = false;
    bool ending_ = false;
};

} // namespace ssprotect::app
