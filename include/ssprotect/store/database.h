#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/store/transaction.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

namespace ssprotect::store {

class ConnectionPool;
class Engine;
enum class Purpose;

/// One step of a schema, applied in one transaction. Written with the types INTEGER (64 bits), TEXT (compared
/// byte by byte) and BLOB, in capital letters; INTEGER PRIMARY KEY numbers rows by itself.
struct Migration {
    int number = 0; ///< 1, 2, …
    std::string_view sql;
};

struct Schema {
    std::string_view name; ///< what the database is for; another one's file is refused
    std::span<const Migration> migrations;
};

struct Options {
    Schema schema;
    std::string label = "the database"; ///< how messages call it
    /// How long a database that others keep busy, or whose server does not answer, is waited for.
    Duration patience = std::chrono::seconds(5);
    /// Waits between two attempts; empty: sleeps. Tests give their own.
    std::function<void(Duration)> pause;
    /// Asked before every statement, begin and commit included; an Error is what that statement
    /// then gives. For tests.
    std::function<Status(std::string_view sql)> beforeStatement;

    // For a server only.
    std::size_t connections = 8; ///< as many transactions run at once
    Duration longestStatement = std::chrono::seconds(30);
    /// What is taken for the server's time. For tests.
    std::function<TimePoint(TimePoint server)> adjustTime;
};

/// One SQL database. Any thread; transactions must not be nested. Engine, retries and schema stay inside. On SQLite
/// transactions run one at a time; on PostgreSQL side by side, READ COMMITTED: work that decides by a row it has read
/// locks that row first (`SELECT … FOR UPDATE` at the end of a statement), or lets one conditional statement decide.
///
/// Errors: `disk-full`, `io-error`, `access-denied`, `data-damaged`, `file-busy` (others, for longer than the
/// patience), `kodiac-unreachable` (the server, for longer than the patience), `invalid-input` (a value that it does
/// not take), else `internal`; the message calls the database by its label.
class Database {
public:
    using Work = std::function<Status(Transaction&)>;

    /// A SQLite file (WAL, synchronous=FULL, foreign keys, deleted content overwritten), made for the owner only
    /// when missing. An older schema is brought up, after a copy beside it (`FILE.schema-N`). A newer
    /// schema, or one of another name, is `refused` and left alone.
    static Result<std::unique_ptr<Database>> openSqlite(const platform::Path& file, platform::FileSystem& files,
                                                        const Clock& clock, Options options);
    /// A PostgreSQL server (15 or later), `url` as libpq takes it: several hosts, TLS, where the password lies. The
    /// schema comes up in the first schema of the search path; of an older one the tables' rows are kept aside in the
    /// schema `before_schema_N` (`PATH_before_schema_N` where the path is not `public`), so the user needs the right to
    /// CREATE in its database. A connection that the server closed is replaced, what ran on it runs again; when it is
    /// lost in a COMMIT, the Error says that nobody knows. `clock` measures the patience only; the time is the
    /// server's. `invalid-input`: the URL; `refused`: also a build without PostgreSQL. Linked by
    /// ssprotect-store-postgres.
    static Result<std::unique_ptr<Database>> openPostgres(const crypto::SecretBytes& url, platform::FileSystem& files,
                                                          const Clock& clock, Options options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs the work in one transaction; durable when ok. An Error of the work rolls back. The work may run again when
    /// the database was busy or the connection lost, so it changes nothing but the database and its own result.
    Status write(const Work& work);
    /// A consistent view; the work only reads.
    Status read(const Work& work);
    /// The same for work that gives a value.
    template <class F>
    requires(!std::is_same_v<std::invoke_result_t<F, Transaction&>, Status>) auto write(F&& work)
        -> std::invoke_result_t<F, Transaction&> {
        return withValue(std::forward<F>(work), [this](const Work& plain) { return write(plain); });
    }
    template <class F>
    requires(!std::is_same_v<std::invoke_result_t<F, Transaction&>, Status>) auto read(F&& work)
        -> std::invoke_result_t<F, Transaction&> {
        return withValue(std::forward<F>(work), [this](const Work& plain) { return read(plain); });
    }

    /// A consistent, durable copy in a new SQLite file for the owner only, while others read and write.
    /// `already-exists` when the name is taken. `finishing` is a script that is run in the copy only.
    Status snapshotTo(const platform::Path& file, std::string_view finishing = {});
    /// Looks through all of it: `data-damaged` when its structure or a foreign key does not hold. A server is made to
    /// read every row, which shows what its disk has lost.
    Status check();

private:
    friend class Transfer;

    Database(std::unique_ptr<Engine> engine, std::unique_ptr<ConnectionPool> pool, platform::FileSystem& files,
             const Clock& clock, Options options);

    Status migrate();
    Status runPatiently(Purpose purpose, const Work& work);
    Status runOnce(Purpose purpose, const Work& work, bool& again);

    template <class F, class Run> static auto withValue(F&& work, Run run) -> std::invoke_result_t<F, Transaction&> {
        std::optional<std::invoke_result_t<F, Transaction&>> result;
        Status status = run([&](Transaction& transaction) -> Status {
            result.emplace(work(transaction));
            if (!result->ok())
                return result->error();
            return {};
        });
        if (!status)
            return std::move(status).error();
        return std::move(*result);
    }

    std::unique_ptr<Engine> engine_;
    std::unique_ptr<ConnectionPool> pool_;
    platform::FileSystem& files_;
    const Clock& clock_;
    Options options_;
};

/// Puts a snapshot in the place of `file`, which nobody has open: old or new after a crash. `data-damaged` when the
/// snapshot does not hold; then nothing changed.
Status restoreSqlite(const platform::Path& snapshot, const platform::Path& file, platform::FileSystem& files);

/// Copies all rows, from one kind of database to the other or the same, into one that holds nothing yet but what its
/// migrations put there; new rows are numbered after those that came. Both have the same schema, else `refused`. One
/// transaction on each side; counts and digests are compared at the end (`data-damaged`). Nobody else writes to `to`
/// meanwhile.
Status transfer(Database& from, Database& to);

} // namespace ssprotect::store
