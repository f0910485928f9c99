#pragma once

#include "ssprotect/ipc/message.h"

#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

namespace ssprotect::ipc {

/// JSON-RPC 2.0 as text (https://www.jsonrpc.org/specification), without batches and with params by name only.

struct IncomingRequest {
    Json id; ///< a string or a whole number, to be given back
    Request request;
};
struct IncomingNotification {
    std::string method;
    Json params;
};
/// To a request of ours; ours have whole numbers from 1. 0: about a message the peer could not read.
struct IncomingReply {
    std::uint64_t id = 0;
    Result<Json> result;
};
/// To be answered; anything but `invalidParameters` means that the peer does not speak our language.
struct Malformed {
    Json id; ///< null when unknown
    Fault fault = Fault::invalidRequest;
    std::string message;
};
using Incoming = std::variant<Malformed, IncomingRequest, IncomingNotification, IncomingReply>;

/// Any text gives one of these; no nesting deeper than 32.
Incoming parseMessage(std::string_view text, Attachments attachments);

std::string requestText(std::uint64_t id, std::string_view method, const Json& params);
std::string notificationText(std::string_view method, const Json& params);
std::string resultText(const Json& id, const Json& result);
/// Code: that of the fault, else the exit code; data.code: the error word.
std::string errorText(const Json& id, const Error& error, std::optional<Fault> fault);

/// The Error for a fault that we find in the peer's message.
Error errorOfFault(Fault fault, std::string message);

} // namespace ssprotect::ipc
