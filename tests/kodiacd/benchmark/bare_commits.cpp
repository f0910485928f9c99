#include "bare_commits.h"

#include <stdexcept>

#include <sqlite3.h>

namespace ssprotect::kodiacd {
namespace {

constexpr int kRowBytes = 100;

void require(bool good) {
    if (!good)
        throw std::runtime_error("SQLite refuses");
}

} // namespace

BareCommits::BareCommits(const std::filesystem::path& file) {
    require(sqlite3_open(file.c_str(), &database_) == SQLITE_OK);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE bare (number INTEGER PRIMARY KEY, content BLOB NOT NULL)");
    constexpr const char* kInsert = "INSERT INTO bare (content) VALUES (randomblob(?1))";
    require(sqlite3_prepare_v2(database_, kInsert, -1, &insert_, nullptr) == SQLITE_OK);
    require(sqlite3_bind_int(insert_, 1, kRowBytes) == SQLITE_OK);
}

BareCommits::~BareCommits() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
}

void BareCommits::run(const char* sql) {
    require(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

void BareCommits::insertRow() {
    require(sqlite3_step(insert_) == SQLITE_DONE);
    require(sqlite3_reset(insert_) == SQLITE_OK);
}

} // namespace ssprotect::kodiacd
