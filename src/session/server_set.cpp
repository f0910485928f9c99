#include "ssprotect/session/server_set.h"

#include "server_text.h"
#include "ssprotect/crypto/certificate.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/server_url.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

Error noAddress(std::string_view url) {
    return makeError(ErrorCode::invalidInput, "'" + std::string(url) +
                                                  "' is no address of a KODiAC; write "
                                                  "https://host or https://host:port");
}

Result<std::string> checkedUrl(std::string_view given) {
    std::string url(given);
    std::transform(url.begin(), url.end(), url.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!kodiac::parseServerUrl(url))
        return noAddress(given);
    if (url.ends_with('/'))
        url.pop_back();
    return url;
}

Status checkPin(const std::string& pin) {
    const auto facts = crypto::readCertificate(pin);
    if (!facts || !facts->authority)
        return makeError(ErrorCode::invalidInput,
                         "a certificate that was given is no CA certificate; take the file that 'kodiacd init' names");
    return {};
}

template <class Text> void addOnce(std::vector<Text>& to, Text text) {
    if (std::find(to.begin(), to.end(), text) == to.end())
        to.push_back(std::move(text));
}

std::vector<std::string> certificatesIn(std::string_view pem) {
    std::vector<std::string> found;
    for (std::size_t at = pem.find(kBegin); at != std::string_view::npos; at = pem.find(kBegin, at + 1)) {
        const auto end = pem.find(kEnd, at);
        if (end == std::string_view::npos)
            break;
        found.push_back(std::string(pem.substr(at, end + kEnd.size() - at)) + "\n");
    }
    return found;
}

} // namespace

Result<ServerSet> checkedServers(ServerSet servers) {
    ServerSet checked;
    for (const auto& given : servers.urls) {
        auto url = checkedUrl(given);
        if (!url)
            return std::move(url).error();
        addOnce(checked.urls, std::move(*url));
    }
    for (const auto& given : servers.pins) {
        auto pins = pinsFromPem(given);
        if (!pins)
            return std::move(pins).error();
        for (auto& pin : *pins)
            addOnce(checked.pins, std::move(pin));
    }
    if (checked.urls.size() > kodiac::kMostServers || checked.pins.size() > kodiac::kMostPins)
        return makeError(ErrorCode::invalidInput, "too many addresses or certificates for one KODiAC");
    if (checked.urls.empty() != checked.pins.empty())
        return makeError(ErrorCode::invalidInput,
                         "a KODiAC that is not embedded needs an address and its CA certificate, both");
    return checked;
}

Result<std::vector<std::string>> pinsFromPem(std::string_view pem) {
    std::vector<std::string> pins;
    for (auto& found : certificatesIn(pem)) {
        if (auto good = checkPin(found); !good)
            return std::move(good).error();
        addOnce(pins, std::move(found));
    }
    if (pins.empty())
        return makeError(ErrorCode::invalidInput,
                         "the file holds no certificate in PEM form; take the one that 'kodiacd init' names");
    return pins;
}

bool sameKodiac(const ServerSet& a, const ServerSet& b) {
    if (a.embedded() || b.embedded())
        return a.embedded() && b.embedded();
    return std::any_of(a.urls.begin(), a.urls.end(),
                       [&](const auto& url) { return std::find(b.urls.begin(), b.urls.end(), url) != b.urls.end(); });
}

std::string urlsText(const ServerSet& servers) {
    std::string text;
    for (const auto& url : servers.urls)
        text += (text.empty() ? "" : "\n") + url;
    return text;
}

std::string pinsText(const ServerSet& servers) {
    std::string text;
    for (const auto& pin : servers.pins)
        text += pin;
    return text;
}

ServerSet serversFrom(std::string_view urls, std::string_view pins) {
    ServerSet servers;
    while (!urls.empty()) {
        const auto end = std::min(urls.find('\n'), urls.size());
        servers.urls.emplace_back(urls.substr(0, end));
        urls.remove_prefix(std::min(end + 1, urls.size()));
    }
    servers.pins = certificatesIn(pins);
    return servers;
}

} // namespace ssprotect::session
