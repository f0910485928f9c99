#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/kodiac/kodiac.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The form of calls and replies in HTTP (docs/kodiac-api.md). The body is the exact JSON of the message
/// (`application/json`); with secrets a line feed follows, and one line with a JSON array of them in base64
/// (`application/x-ndjson`). Who calls, and the second factor, are fields of the head. Pure; any thread.
namespace ssprotect::kodiac::http {

constexpr std::size_t kMostSecrets = 1100;
/// The line of secrets at its longest; a body is at most this and `kLargestBody`.
constexpr std::size_t kLongestSecretsLine = 256 << 10;
constexpr std::string_view kOperationPrefix = "/v1/";
constexpr std::string_view kJsonType = "application/json";
constexpr std::string_view kJsonLinesType = "application/x-ndjson";

/// One field of a head; names in any case.
struct Field {
    std::string_view name;
    std::string_view value;
};

/// What a server was sent: `invalid-input` for anything but the declared form: a field twice, an id that is none, a
/// counter beyond 2^64 − 1, an unknown field that begins with "SSProtect-".
Result<Call> callOf(std::string_view operation, std::span<const Field> fields, ByteView body);

/// What a client sends: the fields that belong to the caller, each with CR LF, and the body. `invalid-input` for a
/// call that has no such form (its operation or its code are no plain words).
struct CallText {
    WipedBytes fields;
    std::string_view type;
    WipedBytes body;
};
Result<CallText> textOf(const Call& call);

/// What a server answers.
struct ReplyText {
    int status = 200;
    std::string_view type = kJsonType;
    WipedBytes body;
};
ReplyText textOf(const Reply& reply);
/// `{"error":{"code","message"}}` under the status of the error's class. Of what went wrong inside KODiAC nothing is
/// told.
ReplyText textOf(const Error& error);

/// What a client was answered. An error that a server sent is that Error; anything but the declared form is
/// `peer-refused`.
Result<Reply> replyOf(int status, std::string_view type, ByteView body);

} // namespace ssprotect::kodiac::http
