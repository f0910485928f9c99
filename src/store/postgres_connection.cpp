#include "postgres_connection.h"

#include "many_rows.h"
#include "postgres_error.h"

#include <algorithm>

namespace ssprotect::store {
namespace {

// Few enough that neither side's buffers fill while the other writes.
constexpr std::size_t kMostPosted = 100;
// No message to a server may reach a gigabyte.
constexpr std::size_t kMostBytesAtOnce = std::size_t{16} << 20;
// For so many the server takes a while: it begins while more are made ready.
constexpr std::size_t kManyRows = 20;
// The answers to so many are in memory at once.
constexpr std::size_t kMostTurnsAtOnce = 8;

constexpr std::string_view kBeginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";
// A view that stands still, which READ COMMITTED is for one statement only.
constexpr std::string_view kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
constexpr std::string_view kTime = "SELECT CAST(floor(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS INTEGER)";

std::size_t sizeOf(const Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value.content()))
        return text->size();
    const auto* bytes = std::get_if<ByteView>(&value.content());
    return bytes != nullptr ? bytes->size() : 0;
}

/// How many rows from that of number `first` on one statement is for: one at least.
std::size_t turnFrom(const ValueRows& rows, std::size_t first) {
    const std::size_t most = std::min(kMostRowsAtOnce, rows.count() - first);
    std::size_t bytes = 0;
    for (std::size_t count = 0; count < most; ++count) {
        for (const Value& value : rows.slice(first + count, 1))
            bytes += sizeOf(value);
        if (bytes > kMostBytesAtOnce)
            return std::max<std::size_t>(count, 1);
    }
    return most;
}

std::int64_t changedBy(const PGresult* given) {
    auto* answer = const_cast<PGresult*>(given); // libpq only reads of it
    const std::string_view command = PQcmdStatus(answer);
    const bool changes =
        command.starts_with("INSERT") || command.starts_with("UPDATE") || command.starts_with("DELETE");
    return changes ? std::atoll(PQcmdTuples(answer)) : 0;
}

Result<std::vector<Row::Column>> rowOf(const PGresult* answer, int row) {
    std::vector<Row::Column> columns;
    for (int i = 0; i < PQnfields(answer); ++i) {
        auto column = postgresColumn(answer, row, i);
        if (!column)
            return std::move(column).error();
        columns.push_back(std::move(*column));
    }
    return columns;
}

Status takeRows(const PGresult* answer, std::size_t most, Connection::Rows& to) {
    const auto rows = std::min(static_cast<std::size_t>(PQntuples(answer)), most);
    for (std::size_t i = 0; i < rows; ++i) {
        auto row = rowOf(answer, static_cast<int>(i));
        if (!row)
            return std::move(row).error();
        to.push_back(std::move(*row));
    }
    return {};
}

Result<Connection::Outcome> outcomeOf(const PGresult* answer, std::size_t mostRows) {
    Connection::Outcome outcome;
    if (auto taken = takeRows(answer, mostRows, outcome.rows); !taken)
        return std::move(taken).error();
    outcome.changed = changedBy(answer);
    return outcome;
}

} // namespace

Result<std::unique_ptr<Connection>> PostgresConnection::open(const PostgresAccess& access, const Options& options,
                                                             bool tellWhy) {
    auto link = PostgresLink::connect(access, tellWhy);
    if (!link)
        return std::move(link).error();
    return std::unique_ptr<Connection>(new PostgresConnection(std::move(*link), options));
}

Status PostgresConnection::allowed(std::string_view sql) const {
    return options_.beforeStatement ? options_.beforeStatement(sql) : Status{};
}

Result<Connection::Outcome> PostgresConnection::ask(std::string_view sql, Parameters parameters) {
    if (auto sent = link_->send(sql, PostgresParameters(parameters)); !sent)
        return std::move(sent).error();
    auto answer = link_->collect();
    if (!answer)
        return std::move(answer).error();
    return outcomeOf(answer->get(), kAllRows);
}

// Both travel with the first statement: a transaction is not worth a round trip by itself.
Status PostgresConnection::begin(Purpose purpose) {
    const std::string_view begin = purpose == Purpose::write ? kBeginWrite : kBeginRead;
    if (auto may = allowed(begin); !may)
        return may;
    if (auto sent = link_->send(begin, PostgresParameters({})); !sent)
        return sent;
    return link_->sendKept(kTime);
}

Result<std::optional<TimePoint>> PostgresConnection::time() {
    if (link_->kept() == nullptr)
        if (auto collected = link_->collect(); !collected)
            return std::move(collected).error();
    const auto told = link_->kept() == nullptr ? Result<Outcome>(Outcome()) : outcomeOf(link_->kept(), 1);
    if (!told)
        return told.error();
    const auto* millis = told->rows.empty() ? nullptr : std::get_if<std::int64_t>(&told->rows[0].at(0));
    if (millis == nullptr)
        return postgresError("XX000", options_.label, "it does not tell its time");
    const TimePoint time = fromUnixMillis(*millis);
    return std::optional(options_.adjustTime ? options_.adjustTime(time) : time);
}

Status PostgresConnection::commit() {
    if (auto may = allowed("COMMIT"); !may)
        return may;
    auto sent = link_->send("COMMIT", PostgresParameters({}));
    auto answer = sent ? link_->collect() : Result<Answer>(std::move(sent).error());
    if (link_->isLost())
        return makeError(ErrorCode::kodiacUnreachable, options_.label +
                                                           " was lost while it stored: nobody knows whether it "
                                                           "did; ask for the same again");
    if (!answer)
        return std::move(answer).error();
    // A server answers so to the COMMIT of a transaction that it had to give up.
    if (std::string_view(PQcmdStatus(answer->get())) != "COMMIT")
        return postgresError("XX000", options_.label, "it rolled back instead of storing");
    return {};
}

void PostgresConnection::rollBack() {
    if (link_->waiting() > 0)
        static_cast<void>(link_->collect());
    if (link_->inTransaction())
        static_cast<void>(ask("ROLLBACK")); // its own failure means that the link is lost
}

Result<Connection::Outcome> PostgresConnection::run(std::string_view sql, Parameters parameters, std::size_t mostRows) {
    if (auto may = allowed(sql); !may)
        return std::move(may).error();
    if (auto sent = link_->send(sql, PostgresParameters(parameters)); !sent)
        return std::move(sent).error();
    auto answer = link_->collect();
    if (!answer)
        return std::move(answer).error();
    return outcomeOf(answer->get(), mostRows);
}

Status PostgresConnection::post(std::string_view sql, Parameters parameters) {
    if (auto may = allowed(sql); !may)
        return may;
    if (auto sent = link_->send(sql, PostgresParameters(parameters)); !sent)
        return sent;
    return collectWhenMany();
}

Status PostgresConnection::collectWhenMany() {
    if (link_->waiting() < kMostPosted)
        return {};
    auto answer = link_->collect();
    return answer ? Status{} : Status(std::move(answer).error());
}

Result<std::size_t> PostgresConnection::sendTurn(std::string_view sql, Parameters common, const ValueRows& rows,
                                                 std::size_t first) {
    if (auto may = allowed(sql); !may)
        return std::move(may).error();
    const std::size_t count = turnFrom(rows, first);
    PostgresParameters parameters(common);
    parameters.addColumns(rows, first, count);
    auto sent = link_->send(sql, parameters);
    if (sent && count >= kManyRows)
        sent = link_->push();
    return sent ? Result<std::size_t>(count) : std::move(sent).error();
}

Result<Connection::Rows> PostgresConnection::runFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    const std::string text = forColumns(sql, rows.width());
    Rows all;
    for (std::size_t done = 0; done < rows.count();) {
        std::size_t turns = 0;
        for (; turns < kMostTurnsAtOnce && done < rows.count(); ++turns) {
            const auto sent = sendTurn(text, common, rows, done);
            if (!sent)
                return sent.error();
            done += *sent;
        }
        auto answers = link_->collectLast(turns);
        if (!answers)
            return std::move(answers).error();
        for (const Answer& answer : *answers)
            if (auto taken = takeRows(answer.get(), kAllRows, all); !taken)
                return std::move(taken).error();
    }
    return all;
}

Status PostgresConnection::postFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    const std::string text = forColumns(sql, rows.width());
    for (std::size_t done = 0; done < rows.count();) {
        const auto sent = sendTurn(text, common, rows, done);
        if (!sent)
            return sent.error();
        done += *sent;
        if (auto collected = collectWhenMany(); !collected)
            return collected;
    }
    return {};
}

Status PostgresConnection::script(std::string_view sql) {
    if (auto may = allowed(sql); !may)
        return may;
    return link_->script(std::string(sql));
}

Status PostgresConnection::takeTime() {
    return script("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
}

Result<bool> PostgresConnection::fetch(const Visitor& visitor) {
    // Never prepared: its columns change from cursor to cursor.
    if (auto sent = link_->sendUnprepared("FETCH 500 FROM each_row"); !sent)
        return std::move(sent).error();
    auto answer = link_->collect();
    if (!answer)
        return std::move(answer).error();
    const int rows = PQntuples(answer->get());
    for (int i = 0; i < rows; ++i) {
        auto row = rowOf(answer->get(), i);
        if (!row)
            return std::move(row).error();
        if (auto visited = visitor(*row); !visited)
            return std::move(visited).error();
    }
    return rows > 0;
}

// Through a cursor: the rows of a whole table have no room in memory at once.
Status PostgresConnection::eachRow(std::string_view sql, const Visitor& visitor) {
    if (auto may = allowed(sql); !may)
        return may;
    if (auto opened = link_->sendUnprepared("DECLARE each_row NO SCROLL CURSOR FOR " + std::string(sql)); !opened)
        return opened;
    auto more = fetch(visitor);
    while (more && *more)
        more = fetch(visitor);
    Status closed = link_->sendUnprepared("CLOSE each_row");
    return more ? closed : Status(std::move(more).error());
}

} // namespace ssprotect::store
