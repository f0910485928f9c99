#pragma once

#include "configuration.h"

#include <limits>

namespace ssprotect::kodiacd {

/// The members of `kodiacd.json`, once for whoever reads and whoever writes it. A visitor has
/// `text`, `texts`, `flag`, `number`, `rate`, `time` (with its unit) and `section`.
template <class Visitor> void visitLimits(Visitor& visitor, kodiac::http::ServerLimits& limits) {
    using std::chrono::seconds;
    constexpr std::uint64_t kMost = 1'000'000;
    constexpr std::uint64_t kGiB = 1ULL << 30;
    visitor.number("header_bytes", limits.headerBytes, 1024, 1 << 20);
    visitor.number("body_bytes", limits.bodyBytes, 1024, kGiB);
    visitor.number("body_bytes_in_all", limits.bodyBytesInAll, 1024, 64 * kGiB);
    visitor.time("handshake_seconds", limits.handshakeTime, seconds(1), seconds(1), seconds(600));
    visitor.time("header_seconds", limits.headerTime, seconds(1), seconds(1), seconds(600));
    visitor.time("body_seconds", limits.bodyTime, seconds(1), seconds(1), seconds(3600));
    visitor.time("idle_seconds", limits.idleTime, seconds(1), seconds(1), seconds(3600));
    visitor.number("connections", limits.connections, 1, kMost);
    visitor.number("connections_per_address", limits.connectionsPerAddress, 1, kMost);
    visitor.rate("requests_per_account", limits.requestsPerAccount);
    visitor.rate("burst_per_account", limits.burstPerAccount);
    visitor.rate("requests_per_address", limits.requestsPerAddress);
    visitor.rate("burst_per_address", limits.burstPerAddress);
    visitor.number("waiting_calls", limits.waitingCalls, 1, kMost);
    visitor.number("waiting_pollers", limits.waitingPollers, 0, kMost);
    visitor.time("stop_seconds", limits.stopTime, seconds(1), seconds(1), seconds(600));
}

template <class Visitor> void visitDatabase(Visitor& visitor, Configuration::Database& database) {
    using std::chrono::seconds;
    visitor.text("url", database.url);
    visitor.text("password_file", database.passwordFile);
    visitor.number("connections", database.connections, 1, 1000);
    visitor.time("patience_seconds", database.patience, seconds(1), seconds(1), seconds(600));
    visitor.time("statement_seconds", database.longestStatement, seconds(1), seconds(1), seconds(3600));
}

template <class Visitor> void visitMail(Visitor& visitor, Configuration::Mail& mail) {
    visitor.text("smtp", mail.smtp);
    visitor.text("folder", mail.folder);
    visitor.text("password_file", mail.passwordFile);
    visitor.text("ca_file", mail.caFile);
    visitor.text("from", mail.from);
    visitor.text("from_name", mail.fromName);
    visitor.text("server_name", mail.serverName);
    visitor.text("language", mail.language);
    visitor.text("templates", mail.templates);
}

template <class Visitor> void visitConfiguration(Visitor& visitor, Configuration& configuration) {
    using std::chrono::hours;
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    visitor.text("listen", configuration.listen);
    visitor.texts("server_urls", configuration.serverUrls);
    visitor.text("log_level", configuration.logLevel);
    visitor.text("master_key_file", configuration.masterKeyFile);
    visitor.section("database", [&](Visitor& inner) { visitDatabase(inner, configuration.database); });
    visitor.section("accounts", [&](Visitor& inner) {
        auto& accounts = configuration.accounts;
        inner.time("session_hours", accounts.sessionLength, hours(1), hours(1), hours(24 * 31));
        inner.time("registration_code_hours", accounts.registrationCodeLife, hours(1), hours(1), hours(24 * 31));
        inner.flag("individuals", accounts.individuals);
    });
    visitor.section("mail", [&](Visitor& inner) { visitMail(inner, configuration.mail); });
    visitor.section("threads", [&](Visitor& inner) {
        inner.number("network", configuration.networkThreads, 1, 64);
        inner.number("workers", configuration.workers, 1, 256);
    });
    visitor.time("news_milliseconds", configuration.newsInterval, milliseconds(1), milliseconds(20), seconds(10));
    visitor.time("tidy_seconds", configuration.tidyInterval, seconds(1), seconds(1), hours(24));
    visitor.section("limits", [&](Visitor& inner) { visitLimits(inner, configuration.limits); });
}

} // namespace ssprotect::kodiacd
