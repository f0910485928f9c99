#include "ssprotect/store/transaction.h"

#include "connection.h"
#include "stored_text.h"

#include <limits>

namespace ssprotect::store {
namespace {

// Looked at here, so that no engine takes what another one does not.
std::optional<Error> whatIsWrong(const Value& value) {
    const auto* text = std::get_if<std::string_view>(&value.content());
    const auto* bytes = std::get_if<ByteView>(&value.content());
    if ((text != nullptr && text->size() > kLargestValue) || (bytes != nullptr && bytes->size() > kLargestValue))
        return makeError(ErrorCode::invalidInput, "a value is too big for the database");
    if (text != nullptr && !isStorableText(*text))
        return makeError(ErrorCode::invalidInput, "the database does not take a text that is no UTF-8 or holds a NUL");
    return std::nullopt;
}

} // namespace

void Row::mismatch() const {
    faults_->fail(makeError(ErrorCode::dataDamaged, "the database holds a value of another kind than was written; "
                                                    "restore it from a backup"));
}

void Transaction::fail(Error error) {
    if (!fault_)
        fault_ = std::move(error);
}

bool Transaction::mayRun(Parameters parameters) {
    for (const Value& value : parameters)
        if (auto wrong = whatIsWrong(value))
            fail(std::move(*wrong));
    return !fault_;
}

std::vector<Row> Transaction::run(std::string_view sql, Parameters parameters, std::size_t mostRows,
                                  std::int64_t* changed) {
    std::vector<Row> rows;
    if (!mayRun(parameters))
        return rows;
    auto outcome = connection_.run(sql, {parameters.begin(), parameters.size()}, mostRows);
    if (!outcome) {
        fail(std::move(outcome).error());
        return rows;
    }
    if (changed != nullptr)
        *changed = outcome->changed;
    FaultSink& faults = *this;
    rows.reserve(outcome->rows.size());
    for (auto& columns : outcome->rows)
        rows.emplace_back(std::move(columns), faults);
    return rows;
}

std::int64_t Transaction::execute(std::string_view sql, Parameters parameters) {
    std::int64_t changed = 0;
    run(sql, parameters, 0, &changed);
    return changed;
}

void Transaction::post(std::string_view sql, Parameters parameters) {
    if (!mayRun(parameters))
        return;
    if (auto posted = connection_.post(sql, {parameters.begin(), parameters.size()}); !posted)
        fail(std::move(posted).error());
}

std::optional<Row> Transaction::one(std::string_view sql, Parameters parameters) {
    auto rows = run(sql, parameters, 1, nullptr);
    if (rows.empty())
        return std::nullopt;
    return std::move(rows.front());
}

std::vector<Row> Transaction::all(std::string_view sql, Parameters parameters) {
    return run(sql, parameters, std::numeric_limits<std::size_t>::max(), nullptr);
}

void Transaction::require(const std::function<Status(Connection&)>& step) {
    if (fault_)
        return;
    if (auto done = step(connection_); !done)
        fail(std::move(done).error());
}

void Transaction::script(std::string_view sql) {
    require([&](Connection& connection) { return connection.script(sql); });
}

Status Transaction::attempt(const std::function<Status()>& work) {
    post("SAVEPOINT attempt");
    Status status = work();
    if (!status)
        post("ROLLBACK TO SAVEPOINT attempt");
    post("RELEASE SAVEPOINT attempt");
    if (fault_)
        return *fault_;
    return status;
}

} // namespace ssprotect::store
