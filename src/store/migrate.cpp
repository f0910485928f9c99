#include "connection_pool.h"
#include "engine.h"
#include "ssprotect/store/database.h"

namespace ssprotect::store {
namespace {

struct SchemaState {
    std::string name; ///< empty: a new database
    int number = 0;
};

SchemaState schemaState(Transaction& transaction) {
    const auto row = transaction.one("SELECT name, number FROM schema_version");
    if (!row)
        return {};
    return {row->get<std::string>(0), row->get<int>(1)};
}

Status fits(const SchemaState& state, const Options& options) {
    const int newest = static_cast<int>(options.schema.migrations.size());
    if (!state.name.empty() && state.name != options.schema.name)
        return makeError(ErrorCode::refused, options.label + " holds the data of something else; nothing was changed");
    if (state.number > newest)
        return makeError(ErrorCode::refused, options.label + " was written by a newer version of SSProtect; "
                                                             "install that version, or restore an older backup");
    return {};
}

void apply(Transaction& transaction, const Schema& schema, const Migration& migration) {
    transaction.script(migration.sql);
    transaction.execute("INSERT INTO schema_version (name, number) VALUES ($1, $2) "
                        "ON CONFLICT (name) DO UPDATE SET number = excluded.number",
                        {schema.name, migration.number});
}

} // namespace

Status Database::migrate() {
    const Schema& schema = options_.schema;
    const int newest = static_cast<int>(schema.migrations.size());
    SchemaState before;
    auto looked = write([&](Transaction& transaction) -> Status {
        transaction.require(&Connection::lockSchema);
        before = schemaState(transaction);
        return fits(before, options_);
    });
    if (!looked || before.number == newest)
        return looked;
    if (before.number > 0)
        if (auto kept = engine_->keepCopy(before.number); !kept)
            return kept;

    return write([&](Transaction& transaction) -> Status {
        transaction.require(&Connection::takeTime);
        transaction.require(&Connection::lockSchema);
        // Looked at again: another process may have been faster.
        const SchemaState state = schemaState(transaction);
        if (auto refused = fits(state, options_); !refused)
            return refused;
        if (state.number > 0 && state.number < newest)
            transaction.require([&](Connection& connection) { return connection.setAside(state.number); });
        for (const Migration& migration : schema.migrations)
            if (migration.number > state.number)
                apply(transaction, schema, migration);
        return {};
    });
}

} // namespace ssprotect::store
