#include "ssprotect/session/host_database.h"

#include "durable_folder.h"
#include "host_schema.h"

namespace ssprotect::session {

HostDatabase::HostDatabase(HomeLayout layout, std::unique_ptr<store::Database> store)
    : layout_(std::move(layout)), store_(std::move(store)) {}

HostDatabase::~HostDatabase() = default;

Result<std::unique_ptr<HostDatabase>> HostDatabase::open(const Environment& environment, const HomeLayout& layout) {
    if (auto made = makeDurableFolder(environment.files, layout.hostFolder()); !made)
        return std::move(made).error();
    clearLeftovers(environment.files, layout.hostFolder());
    store::Options options;
    options.schema = hostSchema();
    options.label = "this host's own database";
    auto store =
        store::Database::openSqlite(layout.hostDatabase(), environment.files, environment.clock, std::move(options));
    if (!store)
        return std::move(store).error();
    return std::unique_ptr<HostDatabase>(new HostDatabase(layout, std::move(*store)));
}

Result<std::optional<std::string>> HostDatabase::setting(std::string_view name) {
    return store_->read([&](store::Transaction& transaction) -> Result<std::optional<std::string>> {
        const auto row = transaction.one("SELECT value FROM settings WHERE name = $1", {name});
        return row ? std::optional(row->get<std::string>(0)) : std::nullopt;
    });
}

Status HostDatabase::setSetting(std::string_view name, const std::optional<std::string>& value) {
    return store_->write([&](store::Transaction& transaction) -> Status {
        if (value)
            transaction.execute("INSERT INTO settings (name, value) VALUES ($1, $2) "
                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                {name, *value});
        else
            transaction.execute("DELETE FROM settings WHERE name = $1", {name});
        return {};
    });
}

} // namespace ssprotect::session
