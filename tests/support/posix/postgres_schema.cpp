#include "support/postgres_schema.h"

#include <cstdlib>
#include <libpq-fe.h>
#include <random>
#include <stdexcept>

namespace ssprotect::support {
namespace {

std::string serverUrl() {
    const char* url = std::getenv("SSPROTECT_TEST_POSTGRES");
    return url != nullptr ? url : "";
}

std::string withParameters(const std::string& url, const std::string& parameters) {
    return url + (url.find('?') == std::string::npos ? "?" : "&") + parameters;
}

} // namespace

struct PostgresSchema::Server {
    explicit Server(const std::string& url) : handle(PQconnectdb(url.c_str()), PQfinish) {
        if (PQstatus(handle.get()) != CONNECTION_OK)
            throw std::runtime_error(std::string("the server of SSPROTECT_TEST_POSTGRES: ") +
                                     PQerrorMessage(handle.get()));
        PQsetNoticeProcessor(
            handle.get(), [](void*, const char*) {}, nullptr);
    }

    std::unique_ptr<PGconn, void (*)(PGconn*)> handle;
};

bool PostgresSchema::isPossible() { return !serverUrl().empty(); }

std::string PostgresSchema::whyNot() { return "SSPROTECT_TEST_POSTGRES names no PostgreSQL server"; }

PostgresSchema::PostgresSchema() : server_(std::make_unique<Server>(serverUrl())) {
    std::random_device source;
    name_ = "test_" + std::to_string(source()) + "_" + std::to_string(source());
    ask("CREATE SCHEMA " + name_);
    ask("SET search_path = " + name_);
}

PostgresSchema::~PostgresSchema() {
    try {
        cutConnections();
        ask("DO $$ DECLARE each text; BEGIN FOR each IN SELECT nspname FROM pg_namespace WHERE nspname LIKE '" + name_ +
            "%' LOOP EXECUTE 'DROP SCHEMA ' || each || ' CASCADE'; END LOOP; END $$");
    } catch (const std::exception&) {
        // The server goes with all that is left on it.
    }
}

crypto::SecretBytes PostgresSchema::url(const std::string& more) const {
    const std::string own = "application_name=" + name_ + "&options=-csearch_path%3D" + name_ + more;
    return crypto::SecretBytes::copyOf(viewOf(withParameters(serverUrl(), own)));
}

std::string PostgresSchema::ask(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> answer(PQexec(server_->handle.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + PQresultErrorMessage(answer.get()));
    return PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
}

int PostgresSchema::cutConnections() {
    constexpr const char* kPatienceMillis = "10000";
    return std::stoi(ask("SELECT count(*) FROM (SELECT pg_terminate_backend(pid, " + std::string(kPatienceMillis) +
                         ") AS done FROM pg_stat_activity WHERE application_name = '" + name_ + "') cut WHERE done"));
}

} // namespace ssprotect::support
