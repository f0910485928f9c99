#pragma once

#include "ssprotect/crypto/certificate.h"

#include <memory>
#include <span>

#include <boost/asio/ssl/context.hpp>

/// TLS 1.3 as both sides of KODiAC's HTTPS use it: no older version, no tickets, no resumption, no compression.
namespace ssprotect::kodiac::http {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

/// `invalid-input` or `integrity` for a certificate without its key.
Result<TlsContext> serverTls(const crypto::CertifiedKey& certificate);

/// Trusts these CA certificates (PEM, one each) and nothing else. `invalid-input` for none or for one that is no CA.
Result<TlsContext> clientTls(std::span<const std::string> authorities);

/// Before the handshake: the server's certificate must hold for `host`, a name or an address.
Status expectHost(SSL& connection, const std::string& host);

/// RFC 9266 tls-exporter, after the handshake.
crypto::Sha256Digest exporterOf(SSL& connection);

} // namespace ssprotect::kodiac::http
