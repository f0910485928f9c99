#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ssprotect::ipc {

/// Secrets of one message (passwords, passphrases) in the order that the method names; the only
/// way they travel. At most 65,535 bytes each.
using Attachments = std::vector<WipedBytes>;

/// The faults of JSON-RPC 2.0 itself; every other failure is an Error with its word.
enum class Fault : int {
    unreadable = -32700,
    invalidRequest = -32600,
    unknownMethod = -32601,
    invalidParameters = -32602,
};

/// What the peer asks for. `params` is never null and always an object ({} when the peer sent none).
struct Request {
    Request(std::string method, Json params, Attachments attachments);
    Request(Request&&) noexcept;
    Request& operator=(Request&&) noexcept;
    ~Request();

    std::string method;
    std::unique_ptr<Json> params;
    Attachments attachments;
};

/// The right to answer one request once. May be moved to and used on any thread; after the
/// connection closed it does nothing. Destroyed unused it answers `internal`, so nobody waits for ever.
class Responder {
public:
    using Send = std::function<void(Result<Json>, std::optional<Fault>)>;

    explicit Responder(Send send);
    Responder(Responder&&) noexcept;
    Responder& operator=(Responder&&) noexcept;
    ~Responder();

    /// The result, or the Error as {code: exit code, message, data: {code: word}}. A second call does nothing.
    void reply(Result<Json> result);
    /// `unknownMethod` or `invalidParameters` with a message that names what is wrong.
    void refuse(Fault fault, std::string message);

private:
    void answer(Result<Json> result, std::optional<Fault> fault);
    Send send_;
};

} // namespace ssprotect::ipc
