#include "call_form.h"

#include "../wire/limits.h"
#include "../wire/text.h"
#include "caller_fields.h"
#include "error_status.h"
#include "secrets_line.h"

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

constexpr int kOk = 200;

struct MessageText {
    std::string body;
    std::vector<crypto::SecretBytes> secrets;
};

// The last line holds the secrets; the body before it may be any bytes.
Result<MessageText> messageOf(std::string_view type, std::string_view text) {
    MessageText message;
    if (sameName(type, kJsonLinesType)) {
        if (text.ends_with('\n'))
            text.remove_suffix(1);
        const auto end = text.rfind('\n');
        if (end == std::string_view::npos)
            return makeError(ErrorCode::invalidInput, "the line of secrets is missing");
        auto secrets = secretsOf(text.substr(end + 1));
        if (!secrets)
            return std::move(secrets).error();
        message.secrets = std::move(*secrets);
        text = text.substr(0, end);
    } else if (!sameName(type, kJsonType)) {
        return makeError(ErrorCode::invalidInput, "the body must be application/json or application/x-ndjson");
    }
    if (text.size() > kLargestReply) // a request was measured while it came
        return makeError(ErrorCode::invalidInput, "the message is too big");
    message.body = text;
    return message;
}

std::string_view typeOf(const std::vector<crypto::SecretBytes>& secrets) {
    return secrets.empty() ? kJsonType : kJsonLinesType;
}

WipedBytes bodyOf(std::string_view body, const std::vector<crypto::SecretBytes>& secrets) {
    WipedBytes bytes;
    bytes.reserve(body.size() + secrets.size() * 64 + 16);
    bytes.insert(bytes.end(), body.begin(), body.end());
    if (!secrets.empty()) {
        bytes.push_back('\n');
        appendSecrets(bytes, secrets);
    }
    return bytes;
}

Error notAReply() {
    return makeError(ErrorCode::peerRefused, "the server answered with something that is no answer of KODiAC; tell "
                                             "whoever runs it");
}

/// Always an Error: the one that was sent, or the one that it is none.
Error errorOf(std::string_view body) {
    Json tree;
    std::size_t members = 0;
    if (!wire::parseBody(body, tree, members) || !tree.is_object() || members != 3)
        return notAReply();
    const auto error = tree.find("error");
    if (error == tree.end() || !error->is_object())
        return notAReply();
    const auto code = error->find("code");
    const auto message = error->find("message");
    if (code == error->end() || message == error->end() || !code->is_string() || !message->is_string())
        return notAReply();
    std::string text = message->get<std::string>();
    if (text.size() > wire::kLongestMessage)
        return notAReply();
    return makeError(errorCodeOf(code->get<std::string>()), std::move(text));
}

} // namespace

Result<Call> callOf(std::string_view operation, std::span<const Field> fields, ByteView body) {
    Call call;
    if (!isPlainWord(operation))
        return makeError(ErrorCode::invalidInput, "KODiAC does not know this operation");
    call.operation = operation;
    if (auto read = readCaller(fields, call); !read)
        return std::move(read).error();
    auto message = messageOf(valueOf(fields, "Content-Type"), ssprotect::textOf(body));
    if (!message)
        return std::move(message).error();
    call.body = std::move(message->body);
    call.secrets = std::move(message->secrets);
    return call;
}

Result<CallText> textOf(const Call& call) {
    if (!isPlainWord(call.operation))
        return makeError(ErrorCode::invalidInput, "KODiAC does not know this operation");
    auto fields = callerFields(call);
    if (!fields)
        return std::move(fields).error();
    return CallText{std::move(*fields), typeOf(call.secrets), bodyOf(call.body, call.secrets)};
}

ReplyText textOf(const Reply& reply) { return {kOk, typeOf(reply.secrets), bodyOf(reply.body, reply.secrets)}; }

ReplyText textOf(const Error& error) {
    const Error shown = shownOutside(error);
    const Json tree{{"error", {{"code", shown.word()}, {"message", shown.message}}}};
    return {statusOf(shown.code), kJsonType, bodyOf(wire::bodyText(tree), {})};
}

Result<Reply> replyOf(int status, std::string_view type, ByteView body) {
    if (status != kOk) {
        if (!sameName(type, kJsonType))
            return notAReply();
        return errorOf(ssprotect::textOf(body));
    }
    auto message = messageOf(type, ssprotect::textOf(body));
    if (!message)
        return notAReply();
    return Reply{std::move(message->body), std::move(message->secrets)};
}

} // namespace ssprotect::kodiac::http
