#include "postgres_connection.h"
#include "postgres_error.h"

namespace ssprotect::store {
namespace {

constexpr std::string_view kTables =
    "SELECT t.relname, c.attname, c.attidentity <> '' FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid "
    "WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND c.attnum > 0 "
    "AND NOT c.attisdropped ORDER BY t.relname COLLATE \"C\", c.attname COLLATE \"C\"";

constexpr std::string_view kForeignKeys =
    "SELECT t.relname, k.conname FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid "
    "WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace";

constexpr std::string_view kAside = "SELECT CASE WHEN current_schema() = 'public' THEN '' "
                                    "ELSE current_schema()::text || '_' END || 'before_schema_' || $1::text";

std::string textIn(const Connection::Outcome& outcome, std::size_t row, std::size_t column) {
    const auto* text = outcome.rows.size() > row ? std::get_if<std::string>(&outcome.rows[row].at(column)) : nullptr;
    return text != nullptr ? *text : std::string();
}

} // namespace

Status PostgresConnection::lockSchema() {
    auto present = ask("SELECT 1 WHERE to_regclass('schema_version') IS NULL");
    if (!present)
        return std::move(present).error();
    if (!present->rows.empty()) {
        auto made = ask("CREATE TABLE schema_version (name TEXT PRIMARY KEY, number INTEGER NOT NULL)");
        // Two daemons that start together: the other one was faster, and has made it when this one looks again.
        constexpr std::string_view kTableExists = "42P07";
        constexpr std::string_view kTypeExists = "42710";
        constexpr std::string_view kNameTaken = "23505"; // in the catalogue
        const auto& state = link_->lastState();
        if (!made && (state == kTableExists || state == kTypeExists || state == kNameTaken))
            return makeError(ErrorCode::fileBusy, options_.label + " is busy: another process is making it");
        if (!made)
            return std::move(made).error();
    }
    return script("LOCK TABLE schema_version IN EXCLUSIVE MODE");
}

Status PostgresConnection::setAside(int number) {
    auto named = ask(kAside, std::initializer_list<Value>{std::to_string(number)});
    auto present = tables();
    if (!named || !present)
        return named ? std::move(present).error() : std::move(named).error();
    const std::string aside = quotedName(textIn(*named, 0, 0));
    // A table may be about to go: whatever a daemon that still serves is writing to it must be done and copied.
    std::string all;
    for (const Table& table : *present)
        all += (all.empty() ? "" : ", ") + quotedName(table.name);
    if (auto alone = script("LOCK TABLE " + all + " IN ACCESS EXCLUSIVE MODE"); !alone)
        return alone;
    // What is there comes from a migration before a restore: the database went on since.
    std::string copying = "DROP SCHEMA IF EXISTS " + aside + " CASCADE; CREATE SCHEMA " + aside;
    for (const Table& table : *present)
        copying += "; CREATE TABLE " + aside + "." + quotedName(table.name) + " AS TABLE " + quotedName(table.name);
    return script(copying);
}

Result<std::vector<Table>> PostgresConnection::tables() {
    auto found = ask(kTables);
    if (!found)
        return std::move(found).error();
    return tablesOf(found->rows);
}

// The server keeps the references whole that are foreign keys; what its disk has lost shows when everything is read.
Status PostgresConnection::check() {
    if (auto taken = takeTime(); !taken)
        return taken;
    auto present = tables();
    if (!present)
        return std::move(present).error();
    for (const Table& table : *present)
        if (auto read = eachRow("SELECT * FROM " + quotedName(table.name), [](auto&) { return Status{}; }); !read)
            return read;
    return {};
}

Status PostgresConnection::alterKeys(std::string_view change) {
    auto keys = ask(kForeignKeys);
    if (!keys)
        return std::move(keys).error();
    std::string altering;
    for (std::size_t i = 0; i < keys->rows.size(); ++i)
        altering += "ALTER TABLE " + quotedName(textIn(*keys, i, 0)) + " ALTER CONSTRAINT " +
                    quotedName(textIn(*keys, i, 1)) + std::string(change) + ";";
    return altering.empty() ? Status{} : script(altering);
}

Status PostgresConnection::deferKeys() { return alterKeys(" DEFERRABLE INITIALLY DEFERRED"); }

Status PostgresConnection::settleKeys() {
    constexpr std::string_view kLeadsNowhere = "23503";
    Status settled = script("SET CONSTRAINTS ALL IMMEDIATE");
    if (!settled && link_->lastState() == kLeadsNowhere)
        return makeError(ErrorCode::dataDamaged,
                         options_.label + " would hold a row that refers to one that is missing");
    return settled ? alterKeys(" NOT DEFERRABLE") : settled;
}

Status PostgresConnection::continueNumbers(const Table& table) {
    if (!table.numberedBy)
        return {};
    const std::string name = quotedName(table.name);
    const std::string next = "SELECT setval(pg_get_serial_sequence($1, $2), COALESCE(MAX(" +
                             quotedName(*table.numberedBy) + "), 0) + 1, false) FROM " + name;
    auto set = ask(next, std::initializer_list<Value>{name, *table.numberedBy});
    return set ? Status{} : Status(std::move(set).error());
}

} // namespace ssprotect::store
