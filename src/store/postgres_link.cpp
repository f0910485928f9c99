#include "postgres_link.h"

#include "postgres_error.h"
#include "postgres_sql.h"

#include <algorithm>
#include <utility>

namespace ssprotect::store {
namespace {

// Far more than the product has statements: what goes beyond is not kept.
constexpr std::size_t kMostStatements = 2000;

bool isGood(ExecStatusType status) { return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK; }

std::string_view textOrNothing(const char* text) { return text != nullptr ? text : ""; }

} // namespace

bool PostgresLink::isReady() {
    // Twice: the first look may read why the server closes, the second that it did.
    for (int look = 0; look < 2; ++look)
        if (lost_ || PQconsumeInput(handle_.get()) != 1 || PQstatus(handle_.get()) != CONNECTION_OK)
            return false;
    return sent_.empty() && PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
}

bool PostgresLink::inTransaction() const { return !lost_ && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE; }

Error PostgresLink::loss() {
    lost_ = true;
    lastState_.clear();
    return postgresError({}, label_, {});
}

Error PostgresLink::errorOf(const PGresult* result) {
    const auto field = [&](int code) { return textOrNothing(PQresultErrorField(result, code)); };
    const auto severity = field(PG_DIAG_SEVERITY_NONLOCALIZED);
    const auto state = field(PG_DIAG_SQLSTATE);
    if (state.empty() || severity == "FATAL" || severity == "PANIC")
        lost_ = true;
    lastState_ = state;
    return postgresError(state, label_, field(PG_DIAG_MESSAGE_PRIMARY));
}

Status PostgresLink::sentOr(int sent, Sent what) {
    if (sent != 1)
        return loss();
    sent_.push_back(std::move(what));
    return {};
}

Result<const std::string*> PostgresLink::prepared(std::string_view sql, const PostgresParameters& parameters) {
    std::string key = parameters.signature() + ' ';
    key += sql;
    if (const auto found = statements_.find(key); found != statements_.end())
        return &found->second;
    if (statements_.size() >= kMostStatements)
        return nullptr;
    const std::string name = "s" + std::to_string(++named_);
    if (auto sent = sentOr(PQsendPrepare(handle_.get(), name.c_str(), postgresSql(sql).c_str(), parameters.count(),
                                         parameters.types()),
                           {.prepares = key});
        !sent)
        return std::move(sent).error();
    return &statements_.emplace(std::move(key), name).first->second;
}

Status PostgresLink::send(std::string_view sql, const PostgresParameters& parameters) {
    if (lost_)
        return loss();
    auto name = prepared(sql, parameters);
    if (!name)
        return std::move(name).error();
    const int sent =
        *name != nullptr
            ? PQsendQueryPrepared(handle_.get(), (*name)->c_str(), parameters.count(), parameters.values(),
                                  parameters.lengths(), parameters.formats(), 1)
            : PQsendQueryParams(handle_.get(), postgresSql(sql).c_str(), parameters.count(), parameters.types(),
                                parameters.values(), parameters.lengths(), parameters.formats(), 1);
    return sentOr(sent, Sent());
}

Status PostgresLink::sendKept(std::string_view sql) {
    kept_.reset();
    auto sent = send(sql, PostgresParameters({}));
    if (sent)
        sent_.back().keeps = true;
    return sent;
}

Status PostgresLink::sendUnprepared(std::string_view sql) {
    if (lost_)
        return loss();
    return sentOr(PQsendQueryParams(handle_.get(), postgresSql(sql).c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1),
                  {});
}

Status PostgresLink::push() { return lost_ || PQflush(handle_.get()) != 0 ? Status(loss()) : Status{}; }

Result<Answer> PostgresLink::collect() {
    auto answers = collectLast(1);
    if (!answers)
        return std::move(answers).error();
    return answers->empty() ? Answer() : std::move(answers->front());
}

Result<std::vector<Answer>> PostgresLink::collectLast(std::size_t count) {
    if (lost_ || PQpipelineSync(handle_.get()) != 1)
        return loss();
    std::optional<Error> first;
    std::vector<Answer> all;
    for (const Sent& each : std::exchange(sent_, {})) {
        Answer answer(PQgetResult(handle_.get()));
        if (!answer)
            return loss();
        const auto status = PQresultStatus(answer.get());
        if (!isGood(status) && !each.prepares.empty())
            statements_.erase(each.prepares);
        if (!isGood(status) && status != PGRES_PIPELINE_ABORTED && !first)
            first = errorOf(answer.get());
        if (lost_)
            return *first;
        while (Answer(PQgetResult(handle_.get()))) {
        } // each answer ends with none
        if (each.keeps && isGood(status))
            kept_ = std::move(answer);
        else if (each.prepares.empty())
            all.push_back(std::move(answer));
    }
    const Answer end(PQgetResult(handle_.get()));
    if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC)
        return loss();
    if (first)
        return std::move(*first);
    all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(std::min(count, all.size())));
    return all;
}

Status PostgresLink::script(const std::string& sql) {
    if (lost_)
        return loss();
    if (!sent_.empty())
        if (auto collected = collect(); !collected)
            return std::move(collected).error();
    // Several statements in one text are for the simple protocol, which a pipeline does not speak.
    if (PQexitPipelineMode(handle_.get()) != 1)
        return loss();
    const Answer answer(PQexec(handle_.get(), postgresSql(sql).c_str()));
    Status status;
    if (!answer || !isGood(PQresultStatus(answer.get())))
        status = answer ? errorOf(answer.get()) : loss();
    if (!lost_ && PQenterPipelineMode(handle_.get()) != 1)
        return loss();
    return status;
}

} // namespace ssprotect::store
