#pragma once

#include "ssprotect/store/transaction.h"
#include "table.h"

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace ssprotect::store {

enum class Purpose { read, write };

/// What an engine does for a Database: one connection, one thread at a time. `file-busy` (others hold what is needed)
/// and `kodiac-unreachable` (the connection is lost) are answered by trying the whole transaction again.
class Connection {
public:
    static constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();

    using Rows = std::vector<std::vector<Row::Column>>;
    struct Outcome {
        Rows rows;
        std::int64_t changed = 0;
    };
    using Parameters = std::span<const Value>;
    using Visitor = std::function<Status(std::vector<Row::Column>& row)>; ///< may take the row's content away

    virtual ~Connection() = default;

    /// Starts a transaction. Its Error may be that of the first statement.
    virtual Status begin(Purpose purpose) = 0;
    /// The time of the database when that began, or none when it has no clock of its own.
    virtual Result<std::optional<TimePoint>> time() = 0;
    /// After an Error nothing is committed, unless the connection is lost: then nobody knows, and the Error says so.
    virtual Status commit() = 0;
    /// Ends the transaction, if one is still open.
    virtual void rollBack() = 0;
    /// Nothing can be done with it any more.
    virtual bool isLost() const = 0;
    /// A look without a round trip, before it is used again.
    virtual bool isReady() = 0;

    /// One statement; at most `mostRows` rows are kept.
    virtual Result<Outcome> run(std::string_view sql, Parameters parameters, std::size_t mostRows) = 0;
    /// One statement whose outcome nobody looks at. Its Error may be that of a later statement, `commit` at the latest.
    virtual Status post(std::string_view sql, Parameters parameters) = 0;
    /// Both for a statement about many rows, as a Transaction takes it; there is at least one.
    virtual Result<Rows> runFor(std::string_view sql, Parameters common, const ValueRows& rows) = 0;
    virtual Status postFor(std::string_view sql, Parameters common, const ValueRows& rows) = 0;
    virtual Status script(std::string_view sql) = 0;

    /// In a transaction that may take long: nothing of it is cut off for that.
    virtual Status takeTime() = 0;
    /// Makes the table that counts migrations when it is missing, and keeps everybody else from migrating until the
    /// transaction ends.
    virtual Status lockSchema() = 0;
    /// In the transaction of a migration: what the tables of schema `number` hold is kept aside, where the engine does
    /// that within the database.
    virtual Status setAside(int number) = 0;
    virtual Status check() = 0;

    // What copies a database row by row needs.
    virtual Result<std::vector<Table>> tables() = 0;
    virtual Status eachRow(std::string_view sql, const Visitor& visitor) = 0;
    /// Until `settleKeys`, rows may come before those that they refer to.
    virtual Status deferKeys() = 0;
    /// `data-damaged` when a reference leads nowhere.
    virtual Status settleKeys() = 0;
    /// New rows are numbered after those that are there.
    virtual Status continueNumbers(const Table& table) = 0;
};

} // namespace ssprotect::store
