#pragma once

#include "ssprotect/store/database.h"
#include "support/manual_clock.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::kodiac {

/// Where a KODiAC under test keeps its rows, empty at first, with what tests do to them behind its back.
class DatabaseUnderTest {
public:
    using Content = std::map<std::string, std::vector<std::string>>;

    virtual ~DatabaseUnderTest() = default;

    /// As one more process; the schema and the time are set here.
    virtual std::unique_ptr<store::Database> open(store::Options options) = 0;
    /// Puts a snapshot in its place, while nobody has it open.
    virtual void restore(const platform::Path& snapshot) = 0;

    void alter(const std::string& sql);
    /// Every row of every table as text, bytes in hex.
    Content content();

protected:
    /// Names of all tables, and one row of one as text.
    virtual std::string tablesSql() const = 0;
    virtual std::string rowSql(store::Transaction& transaction, const std::string& table) const = 0;
    /// Before the database is replaced.
    void closeSide() { side_.reset(); }

private:
    store::Database& side();

    std::unique_ptr<store::Database> side_;
};

std::unique_ptr<DatabaseUnderTest> makeSqliteDatabase(const test::ManualClock& clock);
/// None without a server to test with.
std::unique_ptr<DatabaseUnderTest> makePostgresDatabase(const test::ManualClock& clock);

} // namespace ssprotect::kodiac
