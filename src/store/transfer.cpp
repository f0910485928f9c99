#include "sqlite_connection.h"
#include "ssprotect/store/database.h"
#include "table_digest.h"

#include <map>

namespace ssprotect::store {
namespace {

using Digests = std::map<std::string, TableDigest>;

std::string columnList(const Table& table) {
    std::string list;
    for (const auto& column : table.columns)
        list += (list.empty() ? "" : ", ") + quotedName(column);
    return list;
}

std::string selection(const Table& table) { return "SELECT " + columnList(table) + " FROM " + quotedName(table.name); }

std::string insertion(const Table& table) {
    std::string values;
    for (std::size_t i = 1; i <= table.columns.size(); ++i)
        values += (i == 1 ? "$" : ", $") + std::to_string(i);
    return "INSERT INTO " + quotedName(table.name) + " (" + columnList(table) + ") VALUES (" + values + ")";
}

Value valueOf(const Row::Column& column) {
    return std::visit(
        [](const auto& content) -> Value {
            if constexpr (std::is_same_v<std::decay_t<decltype(content)>, std::monostate>)
                return nullptr;
            else
                return content;
        },
        column);
}

Result<TableDigest> digestOf(Connection& connection, const Table& table) {
    TableDigest digest;
    auto read = connection.eachRow(selection(table), [&](const std::vector<Row::Column>& row) -> Status {
        digest.add(row);
        return {};
    });
    if (!read)
        return std::move(read).error();
    return digest;
}

/// All tables but the one that counts migrations.
Result<std::vector<Table>> contentTables(Connection& connection) {
    auto tables = connection.tables();
    if (tables)
        std::erase_if(*tables, [](const Table& table) { return table.name == kVersionTable; });
    return tables;
}

Result<Digests> digestsOf(Connection& connection) {
    auto tables = contentTables(connection);
    if (!tables)
        return std::move(tables).error();
    Digests digests;
    for (const Table& table : *tables) {
        auto digest = digestOf(connection, table);
        if (!digest)
            return std::move(digest).error();
        digests.emplace(table.name, *digest);
    }
    return digests;
}

/// What the migrations put into a database by themselves.
Result<Digests> digestsOfNew(const Schema& schema) {
    auto fresh = SqliteConnection::inMemory();
    if (!fresh)
        return std::move(fresh).error();
    for (const Migration& migration : schema.migrations)
        if (auto done = (*fresh)->script(migration.sql); !done)
            return std::move(done).error();
    return digestsOf(**fresh);
}

bool sameShape(const std::vector<Table>& a, const std::vector<Table>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Table& x, const Table& y) { return x.name == y.name && x.columns == y.columns; });
}

} // namespace

/// One copying, within a transaction on each side.
class Transfer {
public:
    static Status run(Database& from, Database& to) {
        auto fresh = digestsOfNew(to.options_.schema);
        if (!fresh)
            return std::move(fresh).error();
        return from.read([&](Transaction& source) {
            source.require(&Connection::takeTime);
            return to.write([&](Transaction& target) -> Status {
                target.require(&Connection::takeTime);
                if (!sameSchema(source, target))
                    return makeError(ErrorCode::refused, "the two databases have different schemas; open both with "
                                                         "the same version of SSProtect");
                Transfer transfer(source.connection_, target.connection_);
                target.require([&](Connection&) { return transfer.copy(*fresh, to.options_.label); });
                return {};
            });
        });
    }

private:
    Transfer(Connection& source, Connection& target) : source_(source), target_(target) {}

    static bool sameSchema(Transaction& source, Transaction& target) {
        constexpr std::string_view kState = "SELECT name, number FROM schema_version";
        const auto from = source.one(kState);
        const auto to = target.one(kState);
        return from && to && from->get<std::string>(0) == to->get<std::string>(0) &&
               from->get<int>(1) == to->get<int>(1);
    }

    Status copy(const Digests& fresh, const std::string& targetLabel) {
        auto tables = contentTables(target_);
        if (!tables)
            return std::move(tables).error();
        auto origin = contentTables(source_);
        if (!origin)
            return std::move(origin).error();
        if (!sameShape(*origin, *tables))
            return makeError(ErrorCode::refused, "the two databases have different tables; nothing was copied");
        auto present = digestsOf(target_);
        if (!present)
            return std::move(present).error();
        if (*present != fresh)
            return makeError(ErrorCode::refused, targetLabel + " holds something already; only an empty database is "
                                                               "copied into");
        Status status = target_.deferKeys();
        for (const Table& table : *tables)
            if (status)
                status = target_.post("DELETE FROM " + quotedName(table.name), {});
        for (const Table& table : *tables)
            if (status)
                status = copyTable(table);
        return status ? target_.settleKeys() : status;
    }

    Status copyTable(const Table& table) {
        const std::string insert = insertion(table);
        TableDigest digest;
        std::vector<Value> values;
        auto copied = source_.eachRow(selection(table), [&](const std::vector<Row::Column>& row) -> Status {
            digest.add(row);
            values.clear();
            for (const auto& column : row)
                values.push_back(valueOf(column));
            return target_.post(insert, values);
        });
        if (!copied)
            return copied;
        auto arrived = digestOf(target_, table);
        if (!arrived)
            return std::move(arrived).error();
        if (*arrived != digest)
            return makeError(ErrorCode::dataDamaged,
                             "the copy of the table " + table.name + " is not what was read; nothing was copied");
        return target_.continueNumbers(table);
    }

    Connection& source_;
    Connection& target_;
};

Status transfer(Database& from, Database& to) { return Transfer::run(from, to); }

} // namespace ssprotect::store
