#include "ssprotect/store/transaction.h"

#include "connection.h"
#include "stored_text.h"

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

std::span<const Value> given(std::initializer_list<Value> parameters) {
    return {parameters.begin(), parameters.size()};
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

TimePoint Transaction::now() {
    if (now_ || fault_)
        return now_.value_or(TimePoint());
    auto told = connection_.time();
    if (!told) {
        fail(std::move(told).error());
        return {};
    }
    return now_.emplace(told->value_or(clock_.now()));
}

bool Transaction::mayRun(Given parameters) {
    for (const Value& value : parameters)
        if (auto wrong = whatIsWrong(value))
            fail(std::move(*wrong));
    return !fault_;
}

void Transaction::take(Rows& from, std::vector<Row>& to) {
    FaultSink& faults = *this;
    to.reserve(to.size() + from.size());
    for (auto& columns : from)
        to.emplace_back(std::move(columns), faults);
}

std::vector<Row> Transaction::run(std::string_view sql, Given parameters, std::size_t mostRows, std::int64_t* changed) {
    std::vector<Row> rows;
    if (!mayRun(parameters))
        return rows;
    auto outcome = connection_.run(sql, parameters, mostRows);
    if (!outcome) {
        fail(std::move(outcome).error());
        return rows;
    }
    if (changed != nullptr)
        *changed = outcome->changed;
    take(outcome->rows, rows);
    return rows;
}

void Transaction::postGiven(std::string_view sql, Given parameters) {
    if (!mayRun(parameters))
        return;
    if (auto posted = connection_.post(sql, parameters); !posted)
        fail(std::move(posted).error());
}

std::int64_t Transaction::execute(std::string_view sql, Parameters parameters) {
    std::int64_t changed = 0;
    run(sql, given(parameters), 0, &changed);
    return changed;
}

void Transaction::post(std::string_view sql, Parameters parameters) { postGiven(sql, given(parameters)); }

std::optional<Row> Transaction::one(std::string_view sql, Parameters parameters) {
    auto rows = run(sql, given(parameters), 1, nullptr);
    if (rows.empty())
        return std::nullopt;
    return std::move(rows.front());
}

std::vector<Row> Transaction::all(std::string_view sql, Parameters parameters) {
    return run(sql, given(parameters), Connection::kAllRows, nullptr);
}

bool Transaction::mayRunFor(Given common, const ValueRows& rows) {
    return !rows.empty() && mayRun(common) && mayRun(rows.all());
}

std::vector<Row> Transaction::allFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    std::vector<Row> all;
    if (!mayRunFor(given(common), rows))
        return all;
    auto found = connection_.runFor(sql, given(common), rows);
    if (found)
        take(*found, all);
    else
        fail(std::move(found).error());
    return all;
}

void Transaction::postFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    if (!mayRunFor(given(common), rows))
        return;
    if (auto posted = connection_.postFor(sql, given(common), rows); !posted)
        fail(std::move(posted).error());
}

void Transaction::require(const std::function<Status(Connection&)>& step) {
    if (fault_)
        return;
    if (auto done = step(connection_); !done)
        fail(std::move(done).error());
}

void Transaction::takeTime() {
    require([](Connection& connection) { return connection.takeTime(); });
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
