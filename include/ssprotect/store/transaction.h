#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/store/row.h"
#include "ssprotect/store/value.h"
#include "ssprotect/store/value_rows.h"

#include <functional>
#include <initializer_list>
#include <span>
#include <string_view>

namespace ssprotect::store {

class Connection;

constexpr std::size_t kLargestValue = std::size_t{64} << 20;

/// The statements of one transaction. SQL is the subset that SQLite and PostgreSQL share, with `$1`
/// parameters, ON CONFLICT and RETURNING; statements are prepared once and kept.
///
/// A statement that fails *breaks* the transaction: it and all after it do nothing and give no rows,
/// the transaction is rolled back, and `Database::write` answers with that first fault whatever the work
/// returned. So callers need not look after every statement, and cannot commit half of their work. A broken
/// constraint counts as a fault: what may collide is written with ON CONFLICT. So does a value of more than
/// `kLargestValue` bytes, and a text that is no UTF-8 or holds a NUL (`invalid-input`).
///
/// Lives for one call of the work; one thread.
class Transaction final : private FaultSink {
public:
    using Parameters = std::initializer_list<Value>;

    Transaction(Connection& connection, const Clock& clock) : connection_(connection), clock_(clock) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// The database's time, the same for the whole transaction.
    TimePoint now();

    /// Gives the number of rows changed.
    std::int64_t execute(std::string_view sql, Parameters parameters = {});
    /// The same when nobody asks for that number: it saves the wait for a server's answer. What is wrong with the
    /// statement may show with a later one, with the commit at the latest.
    void post(std::string_view sql, Parameters parameters = {});
    /// The first row.
    std::optional<Row> one(std::string_view sql, Parameters parameters = {});
    std::vector<Row> all(std::string_view sql, Parameters parameters = {});
    /// One statement about many things at once, which costs little more than one about a single thing: `sql` holds
    /// `VALUES ($m, …)` once, as for one of the rows, whose parameters come behind the common ones. It is run for some
    /// rows after the other, never for none.
    std::vector<Row> allFor(std::string_view sql, Parameters common, const ValueRows& rows);
    void postFor(std::string_view sql, Parameters common, const ValueRows& rows);
    /// Nothing of what follows is cut off for taking long: for whoever looks through all of a database.
    void takeTime();
    /// Several statements separated by semicolons, without parameters: migrations.
    void script(std::string_view sql);

    /// Runs the work in a savepoint: when it answers with an Error, its changes are undone and the transaction goes on.
    Status attempt(const std::function<Status()>& work);

    const std::optional<Error>& fault() const { return fault_; }

private:
    friend class Transfer;
    friend class Database;

    void fail(Error error) override;
    using Given = std::span<const Value>;
    bool mayRun(Given parameters);
    bool mayRunFor(Given common, const ValueRows& rows);
    /// What only this room does with a connection; a fault like any other.
    void require(const std::function<Status(Connection&)>& step);
    using Rows = std::vector<std::vector<Row::Column>>;
    void take(Rows& from, std::vector<Row>& to);
    std::vector<Row> run(std::string_view sql, Given parameters, std::size_t mostRows, std::int64_t* changed);
    void postGiven(std::string_view sql, Given parameters);

    Connection& connection_;
    const Clock& clock_; ///< of a database that has none of its own
    std::optional<TimePoint> now_;
    std::optional<Error> fault_;
};

} // namespace ssprotect::store
