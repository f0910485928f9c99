#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::app {

/// What a person is asked before the content of files is touched (TFA-1).
struct AcknowledgementRequest {
    std::string operation;          ///< "activate", "release", "open"; "set": settings of the account; "administer"
    std::vector<std::string> names; ///< at most 10 file names, without their folders; or "Unsigned Apps: on"
    std::size_t count = 0;          ///< of all files
    std::chrono::seconds seconds{60};
};

enum class Acknowledgement { allowed, denied, timedOut, nobodyToAsk };

/// What a person is asked when a code of their OATH token is due (TFA-5).
struct CodeRequest {
    std::string operation; ///< "activate", "release", "open", else the method that needs it: "login"
    std::uint32_t digits = 6;
    bool following = false; ///< the one right after the code that was just given
    std::chrono::seconds seconds{60};
};

struct CodeAnswer {
    Acknowledgement given = Acknowledgement::denied; ///< `allowed`: with the code
    WipedBytes code;                                 ///< as typed
};

/// Who called a method: a connection of the pipe, or the tray's own dialogs. Called from any
/// thread; returns at once. Callbacks come once, from any thread, also when the client went.
class Client {
public:
    virtual ~Client() = default;

    /// Dropped when the client is gone.
    virtual void notify(std::string_view event, const Json& params) = 0;
    /// For progress: may replace an undelivered one of the same event and key.
    virtual void notifyLatest(std::string_view event, std::string_view key, const Json& params) = 0;
    /// The exception: a producer of many `notify` waits here while the client is slow, on a worker. False: it is gone.
    virtual bool waitForRoom() = 0;
    virtual void acknowledge(const AcknowledgementRequest& request, std::function<void(Acknowledgement)> done) = 0;
    virtual void askCode(const CodeRequest& request, std::function<void(CodeAnswer)> done) = 0;
    /// PROT-10: offers a login; true when the person logged in. The pipe answers false at once: the
    /// command line never logs in by itself.
    virtual void offerLogin(std::function<void(bool)> done) = 0;
    /// Whether it can show windows: what was asked for in the file manager is done in its name.
    virtual bool hasWindows() const { return false; }
    /// True once nobody listens any more.
    virtual bool gone() const = 0;
};

} // namespace ssprotect::app
