#include "sqlite_connection.h"

#include "many_rows.h"
#include "sqlite_error.h"
#include "ssprotect/platform/narrow_path.h"

#include <sqlite3.h>

namespace ssprotect::store {
namespace {

// Borrowed: what is bound lives until the statement has run, and is unbound then.
struct Binder {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
    int operator()(std::string_view text) const {
        return sqlite3_bind_text64(statement, index, text.data() != nullptr ? text.data() : "", text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(ByteView bytes) const {
        if (bytes.empty()) // a null pointer would be NULL
            return sqlite3_bind_zeroblob(statement, index, 0);
        return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
};

Row::Column columnOf(sqlite3_stmt* statement, int index) {
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, index)); };
    switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(statement, index)};
    case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
        return std::string(text, size());
    }
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const Byte*>(sqlite3_column_blob(statement, index));
        return bytes == nullptr ? Bytes() : Bytes(bytes, bytes + size());
    }
    default:
        return std::monostate{};
    }
}

// A writing transaction is alone here: there is no row to lock. And `$7` would be a name, looked for among all names of
// the statement; `?7` is a number.
std::string sqliteSql(std::string_view sql) {
    std::string text(sql.substr(0, sql.rfind(" FOR UPDATE"))); // which ends a statement
    char quote = 0;
    for (char& c : text) {
        if (quote == 0 && c == '$')
            c = '?';
        else if (c == '\'' || c == '"')
            quote = quote == 0 ? c : quote == c ? char{0} : quote;
    }
    return text;
}

// Leaves a statement ready for its next use, whatever became of this one.
struct Rewind {
    sqlite3_stmt* statement;
    ~Rewind() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

} // namespace

void SqliteConnection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteConnection::SqliteConnection(sqlite3* database, std::string label,
                                   std::function<Status(std::string_view)> beforeStatement)
    : label_(std::move(label)), beforeStatement_(std::move(beforeStatement)), database_(database) {}

SqliteConnection::~SqliteConnection() = default;

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openFile(const std::string& name, int flags,
                                                                     const Options& options) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    // The handle is to be closed also when opening failed.
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, options.label, options.beforeStatement));
    if (code != SQLITE_OK)
        return sqliteError(code, options.label, "open");
    // No page of it in a temp folder, whatever is done with it.
    if (sqlite3_exec(handle, "PRAGMA temp_store = MEMORY", nullptr, nullptr, nullptr) != SQLITE_OK)
        return connection->lastError();
    return connection;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const platform::Path& file,
                                                                 platform::FileSystem& files, const Options& options) {
    // Made by us, so that it is for the owner only from the first moment; SQLite's log takes its rights.
    auto created = files.create(file);
    if (!created && created.error().code != ErrorCode::alreadyExists)
        return std::move(created).error();
    if (created) {
        created->reset();
        if (auto synced = files.syncDirectory(file.parent_path()); !synced)
            return std::move(synced).error();
    }
    auto connection = openFile(platform::narrowPath(file), SQLITE_OPEN_READWRITE, options);
    if (!connection)
        return std::move(connection).error();
    if (auto set = (*connection)->setUp(options.patience); !set)
        return std::move(set).error();
    return connection;
}

Status SqliteConnection::setUp(Duration patience) {
    constexpr std::string_view kSettings =
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA secure_delete = ON;" // what is deleted must be gone: shredding
        // A batch of 1,000 files in memory, and a log folded in once for some of them.
        "PRAGMA cache_size = -16384;"
        "PRAGMA wal_autocheckpoint = 4000";
    sqlite3_busy_timeout(database_.get(), static_cast<int>(patience.count()));
    Status set = script(kSettings);
    sqlite3_busy_timeout(database_.get(), 0); // from here on whole transactions are tried again
    return set;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openExisting(const platform::Path& file) {
    return openFile(platform::narrowPath(file), SQLITE_OPEN_READWRITE, Options{});
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::inMemory() {
    return openFile(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, Options{});
}

Status SqliteConnection::allowed(std::string_view sql) const {
    return beforeStatement_ ? beforeStatement_(sql) : Status{};
}

Status SqliteConnection::begin(Purpose purpose) {
    // A transaction that will write takes the lock at once: it cannot be upgraded while others write.
    return post(purpose == Purpose::write ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED", {});
}

Status SqliteConnection::commit() { return post("COMMIT", {}); }

Error SqliteConnection::lastError() const {
    return sqliteError(sqlite3_extended_errcode(database_.get()), label_, sqlite3_errmsg(database_.get()));
}

Result<sqlite3_stmt*> SqliteConnection::prepared(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end())
        return found->second.get();
    sqlite3_stmt* handle = nullptr;
    const std::string text = sqliteSql(sql);
    if (sqlite3_prepare_v3(database_.get(), text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                           &handle, nullptr) != SQLITE_OK)
        return lastError();
    statements_.emplace(std::string(sql), handle);
    return handle;
}

Result<Connection::Outcome> SqliteConnection::run(std::string_view sql, Parameters parameters, std::size_t mostRows) {
    if (auto may = allowed(sql); !may)
        return std::move(may).error();
    const auto statement = prepared(sql);
    if (!statement)
        return statement.error();
    const Rewind rewind{*statement};
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (std::visit(Binder{*statement, static_cast<int>(i) + 1}, parameters[i].content()) != SQLITE_OK)
            return lastError();

    Outcome outcome;
    // Total, not the last statement's: SQLite leaves that count alone when a statement changes nothing.
    const std::int64_t before = sqlite3_total_changes64(database_.get());
    auto done = step(*statement, [&](std::vector<Row::Column>& row) -> Status {
        if (outcome.rows.size() < mostRows)
            outcome.rows.push_back(std::move(row));
        return {};
    });
    if (!done)
        return std::move(done).error();
    outcome.changed = sqlite3_total_changes64(database_.get()) - before;
    return outcome;
}

Status SqliteConnection::post(std::string_view sql, Parameters parameters) {
    auto done = run(sql, parameters, 0);
    return done ? Status{} : Status(std::move(done).error());
}

// One statement for as many rows as a power of two says, so that a few texts, prepared once, do for every number.
Result<Connection::Rows> SqliteConnection::runFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    Rows all;
    std::size_t turn = kMostRowsAtOnce;
    for (std::size_t done = 0; done < rows.count(); done += turn) {
        while (turn > rows.count() - done)
            turn /= 2;
        std::vector<Value> parameters(common.begin(), common.end());
        const auto some = rows.slice(done, turn);
        parameters.insert(parameters.end(), some.begin(), some.end());
        auto outcome = run(forManyRows(sql, rows.width(), turn), parameters, kAllRows);
        if (!outcome)
            return std::move(outcome).error();
        std::move(outcome->rows.begin(), outcome->rows.end(), std::back_inserter(all));
    }
    return all;
}

Status SqliteConnection::postFor(std::string_view sql, Parameters common, const ValueRows& rows) {
    auto done = runFor(sql, common, rows);
    return done ? Status{} : Status(std::move(done).error());
}

Status SqliteConnection::step(sqlite3_stmt* statement, const Visitor& visitor) {
    const int columns = sqlite3_column_count(statement);
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            return {};
        if (code != SQLITE_ROW)
            return lastError();
        std::vector<Row::Column> row;
        for (int i = 0; i < columns; ++i)
            row.push_back(columnOf(statement, i));
        if (auto visited = visitor(row); !visited)
            return visited;
    }
}

Status SqliteConnection::script(std::string_view sql) {
    if (auto may = allowed(sql); !may)
        return may;
    if (sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return lastError();
    return {};
}

void SqliteConnection::rollBack() {
    // Its own failure means that SQLite has rolled back by itself.
    if (sqlite3_get_autocommit(database_.get()) == 0)
        sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status SqliteConnection::copyInto(const platform::Path& to, std::string_view finishing) {
    auto copied = run("VACUUM INTO $1", std::initializer_list<Value>{platform::narrowPath(to)}, 0);
    if (!copied)
        return std::move(copied).error();
    if (finishing.empty())
        return {};
    auto copy = openExisting(to);
    if (!copy)
        return std::move(copy).error();
    return (*copy)->script(finishing);
}

Status SqliteConnection::nothingWrong(std::string_view pragma, const std::optional<Row::Column>& good) {
    auto found = run(pragma, {}, 1);
    if (!found)
        return std::move(found).error();
    const bool fine = good ? !found->rows.empty() && found->rows[0].at(0) == *good : found->rows.empty();
    return fine ? Status{} : Status(sqliteError(SQLITE_CORRUPT, label_, {}));
}

Status SqliteConnection::check() {
    if (auto structure = nothingWrong("PRAGMA integrity_check(1)", Row::Column(std::string("ok"))); !structure)
        return structure;
    return nothingWrong("PRAGMA foreign_key_check", std::nullopt);
}

Status SqliteConnection::foldLog() { return script("PRAGMA journal_mode = DELETE"); }

Status SqliteConnection::lockSchema() {
    return post("CREATE TABLE IF NOT EXISTS schema_version (name TEXT PRIMARY KEY, number INTEGER NOT NULL)", {});
}

Result<std::vector<Table>> SqliteConnection::tables() {
    constexpr std::string_view kColumns =
        "SELECT t.name, c.name, c.pk = 1 AND c.type = 'INTEGER' AND "
        "(SELECT COUNT(*) FROM pragma_table_info(t.name) k WHERE k.pk > 0) = 1 "
        "FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND substr(t.name, 1, 7) <> "
        "'sqlite_' ORDER BY t.name, c.name";
    auto found = run(kColumns, {}, kAllRows);
    if (!found)
        return std::move(found).error();
    return tablesOf(found->rows);
}

Status SqliteConnection::eachRow(std::string_view sql, const Visitor& visitor) {
    if (auto may = allowed(sql); !may)
        return may;
    const auto statement = prepared(sql);
    if (!statement)
        return statement.error();
    const Rewind rewind{*statement};
    return step(*statement, visitor);
}

Status SqliteConnection::deferKeys() { return script("PRAGMA defer_foreign_keys = ON"); }

Status SqliteConnection::settleKeys() { return nothingWrong("PRAGMA foreign_key_check", std::nullopt); }

} // namespace ssprotect::store
