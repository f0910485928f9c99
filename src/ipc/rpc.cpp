#include "rpc.h"

#include <algorithm>
#include <initializer_list>

namespace ssprotect::ipc {
namespace {

constexpr int kDepthLimit = 32;
constexpr std::size_t kMethodLimit = 64;
constexpr std::size_t kIdLimit = 64;

/// Writing a value out again walks it recursively: a deep one must not get in.
bool tooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDepthLimit)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

/// The library throws out of its lexer only for what it cannot allocate.
std::string dumped(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string dumpedObject(const Json& value) { return value.is_null() ? "{}" : dumped(value); }

bool hasOnly(const Json& object, std::initializer_list<std::string_view> names) {
    return std::all_of(object.items().begin(), object.items().end(), [&](const auto& member) {
        return std::find(names.begin(), names.end(), member.key()) != names.end();
    });
}

bool isId(const Json& id) {
    return id.is_number_integer() || (id.is_string() && id.get_ref<const std::string&>().size() <= kIdLimit);
}

Json idOf(const Json& message) {
    const auto id = message.find("id");
    return id != message.end() && isId(*id) ? *id : Json();
}

bool isMethod(const Json& method) {
    if (!method.is_string())
        return false;
    const auto& name = method.get_ref<const std::string&>();
    return !name.empty() && name.size() <= kMethodLimit && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    });
}

ErrorCode codeOf(Fault fault) { return fault == Fault::unknownMethod ? ErrorCode::usage : ErrorCode::invalidInput; }

/// Nothing when it is no error object.
std::optional<Error> readError(const Json& error) {
    if (!error.is_object())
        return std::nullopt;
    const auto code = error.find("code");
    const auto message = error.find("message");
    if (code == error.end() || !code->is_number_integer() || message == error.end() || !message->is_string())
        return std::nullopt;
    const auto data = error.find("data");
    if (data != error.end() && data->is_object()) {
        const auto word = data->find("code");
        if (word != data->end() && word->is_string())
            return makeError(errorCodeOf(word->get_ref<const std::string&>()), message->get<std::string>());
    }
    for (const auto fault :
         {Fault::unreadable, Fault::invalidRequest, Fault::unknownMethod, Fault::invalidParameters}) {
        if (*code == static_cast<int>(fault))
            return makeError(codeOf(fault), message->get<std::string>());
    }
    return makeError(ErrorCode::internal, message->get<std::string>());
}

Incoming readReply(Json& message) {
    if (!hasOnly(message, {"jsonrpc", "id", "result", "error"}) ||
        message.contains("result") == message.contains("error"))
        return Malformed{{}, Fault::invalidRequest, "a reply has either a result or an error, and nothing else"};
    const auto& id = message["id"];
    if (!id.is_number_unsigned() && !id.is_null())
        return Malformed{{}, Fault::invalidRequest, "the reply names no request of ours"};
    const auto number = id.is_null() ? std::uint64_t{0} : id.get<std::uint64_t>();
    if (message.contains("result"))
        return IncomingReply{number, std::move(message["result"])};
    auto error = readError(message["error"]);
    if (!error)
        return Malformed{{}, Fault::invalidRequest, "the error of the reply is none"};
    return IncomingReply{number, Result<Json>(std::move(*error))};
}

Incoming readCall(Json& message, Attachments attachments) {
    const auto id = idOf(message);
    if (!hasOnly(message, {"jsonrpc", "id", "method", "params"}))
        return Malformed{id, Fault::invalidRequest, "the message has a field that JSON-RPC 2.0 does not know"};
    if (!isMethod(message["method"]))
        return Malformed{id, Fault::invalidRequest, "the method is no name"};
    if (message.contains("id") && id.is_null())
        return Malformed{id, Fault::invalidRequest, "the id is neither a whole number nor a short string"};
    const auto params = message.find("params");
    if (params != message.end() && !params->is_object())
        return Malformed{id, id.is_null() ? Fault::invalidRequest : Fault::invalidParameters,
                         "the parameters are not an object"};
    auto given = params == message.end() ? Json::object() : std::move(*params);
    auto method = message["method"].get<std::string>();
    if (id.is_null())
        return IncomingNotification{std::move(method), std::move(given)};
    return IncomingRequest{id, Request(std::move(method), std::move(given), std::move(attachments))};
}

} // namespace

Incoming parseMessage(std::string_view text, Attachments attachments) {
    if (tooDeep(text))
        return Malformed{{}, Fault::unreadable, "the message is nested too deeply"};
    auto message = Json::parse(text, nullptr, false);
    if (message.is_discarded())
        return Malformed{{}, Fault::unreadable, "the message is not JSON"};
    if (!message.is_object())
        return Malformed{{}, Fault::invalidRequest, "the message is not one JSON-RPC object"};
    const auto version = message.find("jsonrpc");
    if (version == message.end() || *version != "2.0")
        return Malformed{idOf(message), Fault::invalidRequest, "the message does not say jsonrpc 2.0"};
    if (message.contains("method"))
        return readCall(message, std::move(attachments));
    if (message.contains("id"))
        return readReply(message);
    return Malformed{{}, Fault::invalidRequest, "the message is neither a request nor a reply"};
}

std::string requestText(std::uint64_t id, std::string_view method, const Json& params) {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + std::string(method) +
           R"(","params":)" + dumpedObject(params) + "}";
}

std::string notificationText(std::string_view method, const Json& params) {
    return R"({"jsonrpc":"2.0","method":")" + std::string(method) + R"(","params":)" + dumpedObject(params) + "}";
}

std::string resultText(const Json& id, const Json& result) {
    return R"({"jsonrpc":"2.0","id":)" + dumped(id) + R"(,"result":)" + dumped(result) + "}";
}

std::string errorText(const Json& id, const Error& error, std::optional<Fault> fault) {
    const Json body = {{"code", fault ? static_cast<int>(*fault) : error.exitCode()},
                       {"message", error.message},
                       {"data", {{"code", error.word()}}}};
    return R"({"jsonrpc":"2.0","id":)" + dumped(id) + R"(,"error":)" + dumped(body) + "}";
}

Error errorOfFault(Fault fault, std::string message) { return makeError(codeOf(fault), std::move(message)); }

} // namespace ssprotect::ipc
