#include "ssprotect/store/database.h"

#include "connection.h"
#include "sqlite_connection.h"
#include "sync_file.h"

#include <algorithm>
#include <thread>

namespace ssprotect::store {
namespace {

constexpr Duration kFirstPause{1};
constexpr Duration kLongestPause{200};

// DDL that both engines take, kept apart from the migrations that it counts.
constexpr std::string_view kVersionTable =
    "CREATE TABLE IF NOT EXISTS schema_version (name TEXT PRIMARY KEY, number INTEGER NOT NULL)";

struct SchemaState {
    std::string name; ///< empty: a new database
    int number = 0;
};

SchemaState schemaState(Transaction& transaction) {
    transaction.execute(kVersionTable);
    const auto row = transaction.one("SELECT name, number FROM schema_version");
    if (!row)
        return {};
    return {row->get<std::string>(0), row->get<int>(1)};
}

/// Nothing stays open, whatever leaves the scope: an exception of the work included.
class RollBackAtEnd {
public:
    explicit RollBackAtEnd(Connection& connection) : connection_(connection) {}
    ~RollBackAtEnd() { connection_.rollBack(); }
    RollBackAtEnd(const RollBackAtEnd&) = delete;
    RollBackAtEnd& operator=(const RollBackAtEnd&) = delete;

private:
    Connection& connection_;
};

} // namespace

Database::Database(std::unique_ptr<Connection> connection, platform::FileSystem& files, const Clock& clock,
                   Options options)
    : connection_(std::move(connection)), files_(files), clock_(clock), options_(std::move(options)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::openSqlite(const platform::Path& file, platform::FileSystem& files,
                                                       const Clock& clock, Options options) {
    if (!options.pause)
        options.pause = [](Duration pause) { std::this_thread::sleep_for(pause); };
    auto connection = SqliteConnection::open(file, files, options);
    if (!connection)
        return std::move(connection).error();
    std::unique_ptr<Database> database(new Database(std::move(*connection), files, clock, std::move(options)));
    if (auto migrated = database->migrate(file); !migrated)
        return std::move(migrated).error();
    return database;
}

Status Database::write(const Work& work) {
    const std::lock_guard lock(mutex_);
    return runPatiently(connection_->beginWrite(), work);
}

Status Database::read(const Work& work) {
    const std::lock_guard lock(mutex_);
    return runPatiently(connection_->beginRead(), work);
}

Status Database::runPatiently(std::string_view begin, const Work& work) {
    Duration waited{0};
    for (Duration pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
        bool busy = false;
        Status status = runOnce(begin, work, busy);
        if (!busy || waited >= options_.patience)
            return status;
        options_.pause(pause);
        waited += pause;
    }
}

Status Database::runOnce(std::string_view begin, const Work& work, bool& busy) {
    const RollBackAtEnd ending(*connection_);
    Transaction transaction(*connection_, clock_.now());
    transaction.execute(begin);
    Status status;
    if (!transaction.fault())
        status = work(transaction);
    if (status)
        transaction.execute("COMMIT");
    if (!transaction.fault())
        return status;
    busy = transaction.fault()->code == ErrorCode::fileBusy;
    return *transaction.fault();
}

Status Database::migrate(const platform::Path& file) {
    const auto refusal = [&](const SchemaState& state) -> Status {
        const int newest = static_cast<int>(options_.schema.migrations.size());
        if (!state.name.empty() && state.name != options_.schema.name)
            return makeError(ErrorCode::refused,
                             options_.label + " is the file of something else; nothing was changed");
        if (state.number > newest)
            return makeError(ErrorCode::refused, options_.label + " was written by a newer version of SSProtect; "
                                                                  "install that version, or restore an older backup");
        return {};
    };

    const std::lock_guard lock(mutex_);
    SchemaState before;
    auto looked = runPatiently(connection_->beginWrite(), [&](Transaction& transaction) {
        before = schemaState(transaction);
        return refusal(before);
    });
    if (!looked || before.number == static_cast<int>(options_.schema.migrations.size()))
        return looked;
    if (before.number > 0)
        if (auto kept = keepCopy(file, before.number); !kept)
            return kept;

    return runPatiently(connection_->beginWrite(), [&](Transaction& transaction) -> Status {
        // Looked at again: another process may have been faster.
        const SchemaState state = schemaState(transaction);
        if (auto refused = refusal(state); !refused)
            return refused;
        for (const Migration& migration : options_.schema.migrations)
            if (migration.number > state.number) {
                transaction.script(migration.sql);
                transaction.execute("INSERT INTO schema_version (name, number) VALUES ($1, $2) "
                                    "ON CONFLICT (name) DO UPDATE SET number = excluded.number",
                                    {options_.schema.name, migration.number});
            }
        return {};
    });
}

Status Database::keepCopy(const platform::Path& file, int number) {
    platform::Path copy = file;
    copy += ".schema-" + std::to_string(number);
    // A copy that is there comes from a migration that failed: the database went on since.
    if (auto removed = files_.remove(copy); !removed)
        return removed;
    return snapshotLocked(copy, {});
}

Status Database::snapshotTo(const platform::Path& file, std::string_view finishing) {
    const std::lock_guard lock(mutex_);
    return snapshotLocked(file, finishing);
}

Status Database::snapshotLocked(const platform::Path& file, std::string_view finishing) {
    if (auto created = files_.create(file); !created)
        return std::move(created).error();
    Status status = connection_->copyInto(file, finishing);
    if (status)
        status = syncFile(file, files_); // the engine does not sync a copy
    if (!status)
        static_cast<void>(files_.remove(file));
    return status;
}

Status Database::check() {
    const std::lock_guard lock(mutex_);
    return connection_->check();
}

} // namespace ssprotect::store
