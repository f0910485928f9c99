#include "server_options.h"

#include "text.h"

#include <fstream>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr std::size_t kLargestCertificate = 64 << 10;

Result<std::string> certificateOf(const std::string& file) {
    std::ifstream in(pathOf(file), std::ios::binary);
    if (!in)
        return makeError(ErrorCode::notFound, "the CA certificate '" + file + "' cannot be read");
    std::string text(kLargestCertificate + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLargestCertificate || text.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
        return makeError(ErrorCode::usage, "'" + file + "' is no certificate in PEM form");
    return text;
}

} // namespace

Status addServer(Json& params, const ServerOptions& server) {
    if (server.urls.empty() != server.caFiles.empty())
        return makeError(ErrorCode::usage,
                         server.urls.empty() ? "--ca belongs to a --server; name its address too"
                                             : "a --server needs --ca: the CA certificate that its operator gave you");
    if (server.urls.empty())
        return {};
    Json pins = Json::array();
    for (const auto& file : server.caFiles) {
        auto certificate = certificateOf(file);
        if (!certificate)
            return std::move(certificate).error();
        pins.push_back(std::move(*certificate));
    }
    params["servers"] = server.urls;
    params["pins"] = std::move(pins);
    return {};
}

} // namespace ssprotect::cli
