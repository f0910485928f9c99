#include "tls.h"

#include <cstdlib>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>

namespace ssprotect::kodiac::http {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

constexpr std::string_view kExporterLabel = "EXPORTER-Channel-Binding";

TlsContext contextFor(ssl::context::method method) {
    auto context = std::make_shared<ssl::context>(method);
    SSL_CTX* handle = context->native_handle();
    SSL_CTX_set_options(handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_set_min_proto_version(handle, TLS1_3_VERSION) != 1 || SSL_CTX_set_num_tickets(handle, 0) != 1)
        std::abort(); // an OpenSSL without TLS 1.3 is none that the product can be built with
    return context;
}

Error tlsError(const boost::system::error_code& fault) {
    return makeError(ErrorCode::invalidInput, "the certificate cannot be used for TLS: " + fault.message());
}

// SSL_set_tlsext_host_name without the macro's cast.
bool nameServer(SSL& connection, const std::string& host) {
    return SSL_ctrl(&connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
}

asio::const_buffer bufferOf(ByteView bytes) { return {bytes.data(), bytes.size()}; }

} // namespace

Result<TlsContext> serverTls(const crypto::CertifiedKey& certificate) {
    if (auto belongs = crypto::checkKeyBelongs(certificate.certificate, certificate.key); !belongs)
        return std::move(belongs).error();
    auto context = contextFor(ssl::context::tls_server);
    boost::system::error_code fault;
    context->use_certificate_chain(bufferOf(viewOf(certificate.certificate)), fault);
    if (!fault)
        context->use_private_key(bufferOf(certificate.key), ssl::context::pem, fault);
    if (fault)
        return tlsError(fault);
    return context;
}

Result<TlsContext> clientTls(std::span<const std::string> authorities) {
    if (authorities.empty())
        return makeError(ErrorCode::invalidInput, "a certificate authority is needed to know the server by");
    auto context = contextFor(ssl::context::tls_client);
    context->set_verify_mode(ssl::verify_peer);
    for (const auto& pem : authorities) {
        const auto facts = crypto::readCertificate(pem);
        if (!facts)
            return facts.error();
        if (!facts->authority)
            return makeError(ErrorCode::invalidInput, "the certificate is not one of a certificate authority");
        boost::system::error_code fault;
        context->add_certificate_authority(bufferOf(viewOf(pem)), fault);
        if (fault)
            return tlsError(fault);
    }
    return context;
}

Status expectHost(SSL& connection, const std::string& host) {
    boost::system::error_code noAddress;
    asio::ip::make_address(host, noAddress);
    X509_VERIFY_PARAM* rules = SSL_get0_param(&connection);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    if (!noAddress) {
        if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1)
            return {};
    } else if (nameServer(connection, host) && X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size()) == 1) {
        return {};
    }
    return makeError(ErrorCode::invalidInput, "the name of the server is not one that a certificate can hold for");
}

crypto::Sha256Digest exporterOf(SSL& connection) {
    crypto::Sha256Digest value{};
    if (SSL_export_keying_material(&connection, value.data(), value.size(), kExporterLabel.data(),
                                   kExporterLabel.size(), nullptr, 0, 0) != 1)
        std::abort(); // only before the handshake: a login over a value that is none must not happen
    return value;
}

} // namespace ssprotect::kodiac::http
