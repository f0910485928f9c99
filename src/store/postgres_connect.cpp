#include "postgres_error.h"
#include "postgres_link.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ssprotect::store {
namespace {

// A connection that vanishes without a word (a cable, a firewall) is noticed within half a minute.
constexpr const char* kSilentSeconds = "15";
constexpr const char* kProbeSeconds = "5";
constexpr const char* kProbes = "3";
constexpr const char* kUnansweredMillis = "30000";
// Somebody who stopped in the middle of a transaction holds its rows no longer than this.
constexpr std::string_view kStandingStillMillis = "60000";

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using ParsedUrl = std::unique_ptr<PQconninfoOption, FreeOptions>;

// libpq's words about a URL that it cannot read would quote it, password and all.
ParsedUrl parsed(const char* url) {
    char* ignored = nullptr;
    ParsedUrl options(PQconninfoParse(url, &ignored));
    PQfreemem(ignored);
    return options;
}

void hide(std::string& text, std::string_view secret) {
    if (secret.empty())
        return;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        text.replace(at, secret.size(), "*");
}

std::string withoutPasswords(std::string text, const PQconninfoOption* options) {
    for (; options->keyword != nullptr; ++options)
        if (*options->dispchar == '*' && options->val != nullptr)
            hide(text, options->val);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ';');
    return text;
}

/// In "FATAL:  28P01: password authentication failed", in whatever language the server speaks.
std::string_view stateIn(std::string_view message) {
    constexpr std::string_view kBefore = ":  ";
    constexpr std::size_t kLength = 5;
    for (auto at = message.find(kBefore); at != std::string_view::npos; at = message.find(kBefore, at + 1)) {
        const auto state = message.substr(at + kBefore.size(), kLength);
        const bool fits = state.size() == kLength && std::all_of(state.begin(), state.end(), [](unsigned char c) {
                              return std::isdigit(c) != 0 || std::isupper(c) != 0;
                          });
        if (fits && message.substr(at + kBefore.size() + kLength).starts_with(':'))
            return state;
    }
    return {};
}

PGconn* start(const char* url, Duration patience) {
    const std::string seconds =
        std::to_string(std::max<std::int64_t>(2, std::chrono::ceil<std::chrono::seconds>(patience).count()));
    // What the URL says holds against what stands before it, not against what stands behind.
    constexpr std::array<const char*, 10> kNames{"connect_timeout",      "keepalives_idle",
                                                 "keepalives_interval",  "keepalives_count",
                                                 "tcp_user_timeout",     "fallback_application_name",
                                                 "target_session_attrs", "dbname",
                                                 "client_encoding",      nullptr};
    const std::array<const char*, 10> values{seconds.c_str(), kSilentSeconds, kProbeSeconds, kProbes, kUnansweredMillis,
                                             "kodiacd",       "read-write",   url,           "UTF8",  nullptr};
    return PQconnectdbParams(kNames.data(), values.data(), 1);
}

} // namespace

Result<std::unique_ptr<PostgresLink>> PostgresLink::connect(const PostgresAccess& access, bool tellWhy) {
    crypto::SecretBytes url(access.url.size() + 1); // with the NUL that ends it
    std::copy(access.url.view().begin(), access.url.view().end(), url.bytes().begin());
    const auto* text = reinterpret_cast<const char*>(url.view().data());
    const ParsedUrl options = parsed(text);
    if (access.url.empty() || !options) // libpq would take what its environment says
        return makeError(ErrorCode::invalidInput, access.label + " has an address that is no PostgreSQL URL "
                                                                 "(postgresql://user@host/database)");
    std::unique_ptr<PostgresLink> link(new PostgresLink(start(text, access.patience), access.label));
    if (PQstatus(link->handle_.get()) != CONNECTION_OK) {
        const std::string why = PQerrorMessage(link->handle_.get());
        // libpq tells the state of a refusal only in words, and only when asked before.
        PQsetErrorVerbosity(link->handle_.get(), PQERRORS_VERBOSE);
        PQreset(link->handle_.get());
        if (PQstatus(link->handle_.get()) != CONNECTION_OK) {
            Error error = postgresError(stateIn(PQerrorMessage(link->handle_.get())), access.label, "no connection");
            if (tellWhy)
                error.message += " (" + withoutPasswords(why, options.get()) + ")";
            return error;
        }
        PQsetErrorVerbosity(link->handle_.get(), PQERRORS_DEFAULT);
    }
    if (auto set = link->setUp(access); !set)
        return std::move(set).error();
    return link;
}

Status PostgresLink::setUp(const PostgresAccess& access) {
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    const char* encoding = PQparameterStatus(handle_.get(), "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8")
        return makeError(ErrorCode::refused,
                         label_ + " has another encoding than UTF8; create it with ENCODING 'UTF8'");
    if (PQenterPipelineMode(handle_.get()) != 1)
        return loss();
    const auto millis = [](Duration time) { return std::to_string(std::max<std::int64_t>(1, time.count())); };
    // What is acknowledged must be durable, whatever the server does for others. And the statements are made for
    // indexes, as SQLite goes by them: each is planned once, perhaps for an empty table, and must not read all of a
    // full one later. So a row that is looked at costs more on paper than one that an index leads to.
    return script("SET statement_timeout = " + millis(access.longestStatement) +
                  "; SET lock_timeout = " + millis(access.patience) +
                  "; SET idle_in_transaction_session_timeout = " + std::string(kStandingStillMillis) +
                  "; SET standard_conforming_strings = on"
                  "; SET plan_cache_mode = force_generic_plan; SET jit = off; SET max_parallel_workers_per_gather = 0"
                  "; SET enable_seqscan = off; SET enable_bitmapscan = off"
                  "; SET enable_hashjoin = off; SET enable_mergejoin = off"
                  "; SET random_page_cost = 0.1; SET cpu_tuple_cost = 1; SET cpu_index_tuple_cost = 1"
                  "; SELECT set_config('synchronous_commit', 'on', false) "
                  "WHERE current_setting('synchronous_commit') = 'off'"
                  "; SELECT set_config(name, 'lz4', false) FROM pg_settings "
                  "WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)");
}

} // namespace ssprotect::store
