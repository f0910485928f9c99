#pragma once

#include "connection.h"
#include "ssprotect/store/database.h"

#include <memory>
#include <string>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace ssprotect::store {

/// A SQLite file. Keeps every statement it prepared: their texts are constants of the program.
class SqliteConnection final : public Connection {
public:
    static Result<std::unique_ptr<Connection>> open(const platform::Path& file, platform::FileSystem& files,
                                                    const Options& options);
    /// A file that is there, as it is: nothing is set up.
    static Result<std::unique_ptr<SqliteConnection>> openExisting(const platform::Path& file);
    ~SqliteConnection() override;

    Result<Outcome> run(std::string_view sql, std::span<const Value> parameters, std::size_t mostRows) override;
    Status script(std::string_view sql) override;
    std::string_view beginWrite() const override { return "BEGIN IMMEDIATE"; }
    std::string_view beginRead() const override { return "BEGIN DEFERRED"; }
    void rollBack() override;
    Status copyInto(const platform::Path& to, std::string_view finishing) override;
    Status check() override;
    /// Everything into the one file, no log beside it, as a file that is to be replaced must be.
    Status foldLog();

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        std::vector<int> indexes; ///< SQLite numbers `$n` by first appearance: its index for n − 1
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    SqliteConnection(sqlite3* database, std::string label, std::function<Status(std::string_view)> beforeStatement);
    static Result<std::unique_ptr<SqliteConnection>> openFile(const platform::Path& file, int flags,
                                                              const Options& options);
    Status setUp(Duration patience);
    Result<Prepared*> prepared(std::string_view sql, std::size_t parameters);
    Result<Outcome> step(sqlite3_stmt* statement, std::size_t mostRows);
    Error lastError() const;

    std::string label_;
    std::function<Status(std::string_view)> beforeStatement_;
    std::unique_ptr<sqlite3, Close> database_;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements_;
};

} // namespace ssprotect::store
