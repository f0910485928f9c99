#pragma once

#include <filesystem>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace ssprotect::kodiacd {

/// What SQLite itself can do on a disk: a table of its own, one row a commit, with the journal and the syncs of the
/// product's databases and nothing else. Throws when SQLite refuses.
class BareCommits {
public:
    explicit BareCommits(const std::filesystem::path& file);
    ~BareCommits();
    BareCommits(const BareCommits&) = delete;
    BareCommits& operator=(const BareCommits&) = delete;

    void insertRow();

private:
    void run(const char* sql);

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

} // namespace ssprotect::kodiacd
