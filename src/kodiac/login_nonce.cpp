#include "login_nonce.h"

#include "wire/limits.h"

namespace ssprotect::kodiac {
namespace {

constexpr Duration kLifetime = std::chrono::seconds(60);

std::string_view wordOf(NonceKind kind) { return kind == NonceKind::login ? "login" : "reset"; }

} // namespace

Bytes issueNonce(Context& context, NonceKind kind, std::string_view emailKey, const HostId& host,
                 ByteView clientNonce) {
    context.sql.execute("DELETE FROM nonces WHERE expires <= $1", {context.now()});
    Bytes nonce(wire::kNonceSize);
    context.services.random.fill(nonce);
    context.sql.execute("INSERT INTO nonces (nonce, kind, email_key, host, client_nonce, expires) "
                        "VALUES ($1, $2, $3, $4, $5, $6)",
                        {nonce, wordOf(kind), emailKey, host, clientNonce, context.now() + kLifetime});
    return nonce;
}

std::optional<Bytes> takeNonce(Context& context, NonceKind kind, ByteView nonce, std::string_view emailKey,
                               const HostId& host) {
    const auto row = context.sql.one("DELETE FROM nonces WHERE nonce = $1 AND kind = $2 AND email_key = $3 "
                                     "AND host = $4 AND expires > $5 RETURNING client_nonce",
                                     {nonce, wordOf(kind), emailKey, host, context.now()});
    return row ? std::optional(row->get<Bytes>(0)) : std::nullopt;
}

} // namespace ssprotect::kodiac
