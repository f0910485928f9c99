#pragma once

#include "context.h"
#include "ssprotect/crypto/hash.h"

namespace ssprotect::kodiac {

enum class Repeat;

/// The latest request of an account and host with its reply, for a reply that was lost. Holds no share.
/// Whether the latest request, which took `counter`, was this one.
bool isSameRequest(Context& context, std::uint64_t counter, const crypto::Sha256Digest& hash);

/// Whether the latest request, which was this one, came with the code of this call.
bool hasSameCode(Context& context, const crypto::Sha256Digest& hash);

/// What is to be answered when the same request comes again. A refused one did nothing, and is tried anew.
void keepReply(Context& context, const crypto::Sha256Digest& hash, Repeat repeat, const Result<Reply>& outcome);

/// Nothing when the request must be executed.
Result<std::optional<Reply>> keptReply(Context& context);

} // namespace ssprotect::kodiac
