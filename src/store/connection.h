#pragma once

#include "ssprotect/platform/file_system.h"
#include "ssprotect/store/transaction.h"

#include <span>
#include <vector>

namespace ssprotect::store {

/// What an engine does for a Database: one connection, one thread at a time. A busy database is `file-busy`, which
/// the Database answers by trying the whole transaction again.
class Connection {
public:
    struct Outcome {
        std::vector<std::vector<Row::Column>> rows;
        std::int64_t changed = 0;
    };

    virtual ~Connection() = default;
    /// One statement; at most `mostRows` rows are fetched.
    virtual Result<Outcome> run(std::string_view sql, std::span<const Value> parameters, std::size_t mostRows) = 0;
    virtual Status script(std::string_view sql) = 0;
    /// The start of a transaction that will write, or of one that only reads.
    virtual std::string_view beginWrite() const = 0;
    virtual std::string_view beginRead() const = 0;
    /// Ends the transaction, if one is still open.
    virtual void rollBack() = 0;

    /// A copy into the empty file `to`, in which `finishing` is then run.
    virtual Status copyInto(const platform::Path& to, std::string_view finishing) = 0;
    virtual Status check() = 0;
};

} // namespace ssprotect::store
