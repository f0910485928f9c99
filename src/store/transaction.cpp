#include "ssprotect/store/transaction.h"

#include "connection.h"

#include <limits>

namespace ssprotect::store {

void Row::mismatch() const {
    faults_->fail(makeError(ErrorCode::dataDamaged, "the database holds a value of another kind than was written; "
                                                    "restore it from a backup"));
}

void Transaction::fail(Error error) {
    if (!fault_)
        fault_ = std::move(error);
}

std::vector<Row> Transaction::run(std::string_view sql, Parameters parameters, std::size_t mostRows,
                                  std::int64_t* changed) {
    std::vector<Row> rows;
    if (fault_)
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

std::optional<Row> Transaction::one(std::string_view sql, Parameters parameters) {
    auto rows = run(sql, parameters, 1, nullptr);
    if (rows.empty())
        return std::nullopt;
    return std::move(rows.front());
}

std::vector<Row> Transaction::all(std::string_view sql, Parameters parameters) {
    return run(sql, parameters, std::numeric_limits<std::size_t>::max(), nullptr);
}

void Transaction::script(std::string_view sql) {
    if (fault_)
        return;
    if (auto done = connection_.script(sql); !done)
        fail(std::move(done).error());
}

Status Transaction::attempt(const std::function<Status()>& work) {
    execute("SAVEPOINT attempt");
    Status status = work();
    if (!status)
        execute("ROLLBACK TO SAVEPOINT attempt");
    execute("RELEASE SAVEPOINT attempt");
    if (fault_)
        return *fault_;
    return status;
}

} // namespace ssprotect::store
