#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/store/transaction.h"

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <type_traits>

namespace ssprotect::store {

/// One step of a schema, applied in one transaction. Written with the types INTEGER, TEXT and BLOB;
/// INTEGER PRIMARY KEY numbers rows by itself.
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
    /// How long a database that another process keeps busy is waited for.
    Duration patience = std::chrono::seconds(5);
    /// Waits between two attempts; empty: sleeps. Tests give their own.
    std::function<void(Duration)> pause;
    /// Asked before every statement, begin and commit included; an Error is what that statement
    /// then gives. For tests.
    std::function<Status(std::string_view sql)> beforeStatement;
};

/// One SQL database. Any thread; transactions run one at a time, and must not be nested. Engine, retries and
/// schema stay inside.
///
/// Errors: `disk-full`, `io-error`, `access-denied`, `data-damaged`, `file-busy` (another process, for longer
/// than the patience), else `internal`; the message calls the database by its label.
class Database {
public:
    using Work = std::function<Status(Transaction&)>;

    /// A SQLite file (WAL, synchronous=FULL, foreign keys, deleted content overwritten), made for the owner only
    /// when missing. An older schema is brought up, after a copy beside it (`FILE.schema-N`). A newer
    /// schema, or one of another name, is `refused` and left alone.
    static Result<std::unique_ptr<Database>> openSqlite(const platform::Path& file, platform::FileSystem& files,
                                                        const Clock& clock, Options options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// The only clock of what the database decides.
    TimePoint now() const { return clock_.now(); }

    /// Runs the work in one immediate transaction; durable when ok. An Error of the work rolls back. The work
    /// may run again when the database was busy, so it changes nothing but the database and its own result.
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

    /// A consistent, durable copy in a new file for the owner only, while others read and write.
    /// `already-exists` when the name is taken. `finishing` is a script that is run in the copy only.
    Status snapshotTo(const platform::Path& file, std::string_view finishing = {});
    /// Looks through the whole file: `data-damaged` when its structure or a foreign key does not hold.
    Status check();

private:
    Database(std::unique_ptr<Connection> connection, platform::FileSystem& files, const Clock& clock, Options options);

    Status migrate(const platform::Path& file);
    Status keepCopy(const platform::Path& file, int number);
    Status snapshotLocked(const platform::Path& file, std::string_view finishing);
    Status runPatiently(std::string_view begin, const Work& work);
    Status runOnce(std::string_view begin, const Work& work, bool& busy);

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

    std::mutex mutex_;
    std::unique_ptr<Connection> connection_;
    platform::FileSystem& files_;
    const Clock& clock_;
    Options options_;
};

/// Puts a snapshot in the place of `file`, which nobody has open: old or new after a crash. `data-damaged` when the
/// snapshot does not hold; then nothing changed.
Status restoreSqlite(const platform::Path& snapshot, const platform::Path& file, platform::FileSystem& files);

} // namespace ssprotect::store
