#include "connection_pool.h"
#include "engine.h"
#include "postgres_connection.h"
#include "ssprotect/platform/beside.h"

#include <array>
#include <thread>

namespace ssprotect::store {
namespace {

class PostgresEngine final : public Engine {
public:
    PostgresEngine(PostgresAccess access, platform::FileSystem& files, const Clock& clock, const Options& options)
        : access_(std::move(access)), files_(files), clock_(clock), options_(options) {}

    Result<std::unique_ptr<Connection>> connect() override {
        return PostgresConnection::open(access_, options_, false);
    }

    /// The first connection tells whoever starts a daemon why there is none.
    Status tryOut() {
        auto connection = PostgresConnection::open(access_, options_, true);
        return connection ? Status{} : Status(std::move(connection).error());
    }

    Status keepCopy(int) override { return {}; } // kept aside within the migration's own transaction

    Status copyInto(Database& database, const platform::Path& to, std::string_view finishing) override {
        Status copied = copyTo(database, to, finishing);
        if (!copied)
            for (const std::string_view suffix : {"-wal", "-shm"})
                static_cast<void>(files_.remove(platform::beside(to, suffix)));
        return copied;
    }

private:
    // SQLite leaves one file, without a log, when it closes.
    Status copyTo(Database& database, const platform::Path& to, std::string_view finishing) {
        Options options;
        options.schema = options_.schema;
        options.label = "the copy";
        auto copy = Database::openSqlite(to, files_, clock_, std::move(options));
        if (!copy)
            return std::move(copy).error();
        if (auto copied = transfer(database, **copy); !copied || finishing.empty())
            return copied;
        return (*copy)->write([&](Transaction& transaction) -> Status {
            transaction.script(finishing);
            return {};
        });
    }

    const PostgresAccess access_;
    platform::FileSystem& files_;
    const Clock& clock_;
    const Options options_;
};

} // namespace

Result<std::unique_ptr<Database>> Database::openPostgres(const crypto::SecretBytes& url, platform::FileSystem& files,
                                                         const Clock& clock, Options options) {
    if (!options.pause)
        options.pause = [](Duration pause) { std::this_thread::sleep_for(pause); };
    PostgresAccess access{url.clone(), options.label, options.patience, options.longestStatement};
    auto engine = std::make_unique<PostgresEngine>(std::move(access), files, clock, options);
    if (auto reached = engine->tryOut(); !reached)
        return std::move(reached).error();
    auto pool = std::make_unique<ConnectionPool>([engine = engine.get()] { return engine->connect(); },
                                                 options.connections, options.patience, options.label);
    std::unique_ptr<Database> database(
        new Database(std::move(engine), std::move(pool), files, clock, std::move(options)));
    if (auto migrated = database->migrate(); !migrated)
        return std::move(migrated).error();
    return database;
}

} // namespace ssprotect::store
