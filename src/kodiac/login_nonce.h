#pragma once

#include "context.h"

namespace ssprotect::kodiac {

enum class NonceKind { login, reset };

/// A server nonce for one attempt of that e-mail from that host: single use, 60 s.
Bytes issueNonce(Context& context, NonceKind kind, std::string_view emailKey, const HostId& host,
                 ByteView clientNonce = {});

/// Uses it up, and gives the client's nonce it was issued against. Nothing for one that was not issued
/// so, was used, or is too old.
std::optional<Bytes> takeNonce(Context& context, NonceKind kind, ByteView nonce, std::string_view emailKey,
                               const HostId& host);

} // namespace ssprotect::kodiac
