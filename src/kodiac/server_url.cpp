#include "ssprotect/kodiac/server_url.h"

#include <charconv>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::uint16_t kUsualPort = 443;
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestPort = 6; ///< with its colon
constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
constexpr std::string_view kAddressCharacters = "0123456789abcdefABCDEF:.";

Error notAnUrl(std::string_view url) {
    return makeError(ErrorCode::invalidInput,
                     "\"" + std::string(url) +
                         "\" is not the URL of a KODiAC server; it has the form https://host:port");
}

/// Takes the host from the front of `rest`, out of its brackets.
bool takeHost(std::string_view& rest, std::string& host) {
    const bool bracketed = rest.starts_with('[');
    const auto end = bracketed ? rest.find(']') : rest.find(':');
    if (bracketed && end == std::string_view::npos)
        return false;
    host = bracketed ? rest.substr(1, end - 1) : rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(bracketed ? end + 1 : end);
    const auto allowed = bracketed ? kAddressCharacters : kHostCharacters;
    return !host.empty() && host.size() <= kLongestHost && host.find_first_not_of(allowed) == std::string::npos;
}

bool takePort(std::string_view rest, std::uint16_t& port) {
    if (rest.empty()) {
        port = kUsualPort;
        return true;
    }
    const char* end = rest.data() + rest.size();
    const auto [stop, fault] = std::from_chars(rest.data() + 1, end, port);
    return rest.front() == ':' && rest.size() <= kLongestPort && fault == std::errc() && stop == end && port != 0;
}

} // namespace

Result<ServerAddress> parseServerUrl(std::string_view url) {
    std::string_view rest = url;
    if (!rest.starts_with(kScheme))
        return notAnUrl(url);
    rest.remove_prefix(kScheme.size());
    if (rest.ends_with('/'))
        rest.remove_suffix(1);
    ServerAddress address;
    const bool bracketed = rest.starts_with('[');
    if (!takeHost(rest, address.host) || !takePort(rest, address.port))
        return notAnUrl(url);
    address.shown = (bracketed ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
    return address;
}

} // namespace ssprotect::kodiac
