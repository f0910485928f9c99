#pragma once

#include "ssprotect/kodiac/operations.h"

#include <string_view>
#include <vector>

/// The travelling form of every request and response: a JSON object in the declared names, and the
/// SecretBytes beside it in order of declaration (those of a list item by item). Ids are hex, other bytes
/// base64, times Unix milliseconds, enumerations words; an empty optional is left out.
namespace ssprotect::kodiac {

/// Requests above this are refused unread.
constexpr std::size_t kLargestBody = 16 << 20;
/// Replies above this too: the members and keys of a big Organization are in one.
constexpr std::size_t kLargestReply = 64 << 20;
constexpr std::size_t kLargestVault = 1 << 20;
constexpr std::size_t kLongestEmail = 254;
constexpr std::uint32_t kMostRowsPerPage = 500;

/// For every `Op::Request` and `Op::Response`. Copies the secrets.
template <class Message> Reply encode(const Message& message);

/// Strict, and never throws: `invalid-input` that names the field for anything but exactly the declared fields, once
/// each, of the declared types and sizes, and exactly the secrets that belong to them.
template <class Message> Result<Message> decode(std::string_view body, std::vector<crypto::SecretBytes> secrets);

/// Operation, body and secrets; the caller adds who calls and the second factor.
template <class Op> Call callFor(const typename Op::Request& request) {
    Reply encoded = encode(request);
    Call call;
    call.operation = Op::kName;
    call.body = std::move(encoded.body);
    call.secrets = std::move(encoded.secrets);
    return call;
}

template <class Op> Result<typename Op::Response> decodeReply(Reply reply) {
    return decode<typename Op::Response>(reply.body, std::move(reply.secrets));
}

} // namespace ssprotect::kodiac
