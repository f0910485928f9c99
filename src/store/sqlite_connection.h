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
    static Result<std::unique_ptr<SqliteConnection>> open(const platform::Path& file, platform::FileSystem& files,
                                                          const Options& options);
    /// A file that is there, as it is: nothing is set up.
    static Result<std::unique_ptr<SqliteConnection>> openExisting(const platform::Path& file);
    /// A database of its own, gone with the connection.
    static Result<std::unique_ptr<SqliteConnection>> inMemory();
    ~SqliteConnection() override;

    Status begin(Purpose purpose) override;
    Result<std::optional<TimePoint>> time() override { return std::optional<TimePoint>(); }
    Status commit() override;
    void rollBack() override;
    bool isLost() const override { return false; }
    bool isReady() override { return true; }

    Result<Outcome> run(std::string_view sql, Parameters parameters, std::size_t mostRows) override;
    Status post(std::string_view sql, Parameters parameters) override;
    Result<Rows> runFor(std::string_view sql, Parameters common, const ValueRows& rows) override;
    Status postFor(std::string_view sql, Parameters common, const ValueRows& rows) override;
    Status script(std::string_view sql) override;

    Status takeTime() override { return {}; }
    Status lockSchema() override;
    Status setAside(int) override { return {}; } // the copy beside the file is there already
    Status check() override;

    Result<std::vector<Table>> tables() override;
    Status eachRow(std::string_view sql, const Visitor& visitor) override;
    Status deferKeys() override;
    Status settleKeys() override;
    Status continueNumbers(const Table&) override { return {}; } // the next number is always one more than the greatest

    /// A copy into the empty file `to`, in which `finishing` is then run.
    Status copyInto(const platform::Path& to, std::string_view finishing);
    /// Everything into the one file, no log beside it, as a file that is to be replaced must be.
    Status foldLog();

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    SqliteConnection(sqlite3* database, std::string label, std::function<Status(std::string_view)> beforeStatement);
    static Result<std::unique_ptr<SqliteConnection>> openFile(const std::string& name, int flags,
                                                              const Options& options);
    Status setUp(Duration patience);
    Status allowed(std::string_view sql) const;
    Result<sqlite3_stmt*> prepared(std::string_view sql);
    Status step(sqlite3_stmt* statement, const Visitor& visitor);
    Status nothingWrong(std::string_view pragma, const std::optional<Row::Column>& good);
    Error lastError() const;

    std::string label_;
    std::function<Status(std::string_view)> beforeStatement_;
    std::unique_ptr<sqlite3, Close> database_;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements_;
};

} // namespace ssprotect::store
