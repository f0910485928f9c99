#include "connection_pool.h"
#include "engine.h"
#include "sqlite_connection.h"
#include "ssprotect/platform/beside.h"
#include "sync_file.h"

#include <thread>

namespace ssprotect::store {
namespace {

class SqliteEngine final : public Engine {
public:
    SqliteEngine(platform::Path file, platform::FileSystem& files, Options options)
        : file_(std::move(file)), files_(files), options_(std::move(options)) {}

    Result<std::unique_ptr<Connection>> connect() override {
        auto connection = SqliteConnection::open(file_, files_, options_);
        if (!connection)
            return std::move(connection).error();
        return std::unique_ptr<Connection>(std::move(*connection));
    }

    Status keepCopy(int number) override {
        const platform::Path copy = platform::beside(file_, ".schema-" + std::to_string(number));
        // A copy that is there comes from a migration that failed: the database went on since.
        if (auto removed = files_.remove(copy); !removed)
            return removed;
        if (auto created = files_.create(copy); !created)
            return std::move(created).error();
        Status status = copyTo(copy, {});
        if (status)
            status = syncFile(copy, files_);
        if (!status)
            static_cast<void>(files_.remove(copy));
        return status;
    }

    Status copyInto(Database&, const platform::Path& to, std::string_view finishing) override {
        return copyTo(to, finishing);
    }

private:
    // On a connection of its own, so that nobody waits for it.
    Status copyTo(const platform::Path& to, std::string_view finishing) {
        auto connection = SqliteConnection::open(file_, files_, options_);
        if (!connection)
            return std::move(connection).error();
        return (*connection)->copyInto(to, finishing);
    }

    const platform::Path file_;
    platform::FileSystem& files_;
    const Options options_;
};

} // namespace

Result<std::unique_ptr<Database>> Database::openSqlite(const platform::Path& file, platform::FileSystem& files,
                                                       const Clock& clock, Options options) {
    if (!options.pause)
        options.pause = [](Duration pause) { std::this_thread::sleep_for(pause); };
    auto engine = std::make_unique<SqliteEngine>(file, files, options);
    // Threads wait their turn for ever: only other processes keep a file busy.
    auto pool = std::make_unique<ConnectionPool>([engine = engine.get()] { return engine->connect(); }, 1, std::nullopt,
                                                 options.label);
    std::unique_ptr<Database> database(
        new Database(std::move(engine), std::move(pool), files, clock, std::move(options)));
    if (auto migrated = database->migrate(); !migrated)
        return std::move(migrated).error();
    return database;
}

} // namespace ssprotect::store
