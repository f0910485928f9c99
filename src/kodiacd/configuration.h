#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/result.h"
#include "ssprotect/kodiac/http/server.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::kodiacd {

/// `kodiacd.json` (docs/operations.md). A relative path in it begins at the data folder.
struct Configuration {
    std::string listen = "0.0.0.0:8443"; ///< ADDRESS:PORT, [ADDRESS]:PORT for IPv6
    std::vector<std::string> serverUrls; ///< what people are told to enter, the first in mails
    std::string logLevel = "info";
    std::string masterKeyFile = "master.key";

    struct Database {
        std::string url = "sqlite:kodiac.db"; ///< without a password
        std::string passwordFile;             ///< for the owner only; its first line
        std::uint32_t connections = 12;       ///< to a server
        Duration patience = std::chrono::seconds(5);
        Duration longestStatement = std::chrono::seconds(30);
    } database;

    struct Accounts {
        Duration sessionLength = std::chrono::hours(12);
        Duration registrationCodeLife = std::chrono::hours(24);
        bool individuals = false;
    } accounts;

    struct Mail {
        std::string smtp;   ///< URL of the mail server, or
        std::string folder; ///< where mails are put; neither: they wait
        std::string passwordFile;
        std::string caFile;
        std::string from; ///< e-mail address
        std::string fromName = "SSProtect";
        std::string serverName; ///< a host name
        std::string language = "en";
        std::string templates; ///< folder with texts of the operator's own
    } mail;

    std::uint32_t networkThreads = 2;
    std::uint32_t workers = 8;
    Duration newsInterval = std::chrono::milliseconds(200);
    Duration tidyInterval = std::chrono::minutes(5);
    kodiac::http::ServerLimits limits;
};

/// `invalid-input` names the member: unknown, given twice, of another type, out of its range.
Result<Configuration> parseConfiguration(std::string_view text);
/// JSON with every setting, for people to change.
std::string configurationText(const Configuration& configuration);

struct ListenAddress {
    std::string address; ///< numeric, IPv6 without brackets
    std::uint16_t port = 0;
};
/// `invalid-input` unless it is ADDRESS:PORT.
Result<ListenAddress> parseListenAddress(std::string_view text);

} // namespace ssprotect::kodiacd
