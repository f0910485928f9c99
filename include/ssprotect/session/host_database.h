#pragma once

#include "ssprotect/session/environment.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ssprotect::store {
class Database;
}

namespace ssprotect::session {

/// `$SSPROTECT_HOME/host/host.db`: what this host remembers for all its accounts. Nothing secret lies
/// in it, but names of files do: the folder is for the owner only. Any thread.
class HostDatabase {
public:
    /// Makes folder and database when missing, clears away what a crash left in that folder, brings an older schema up
    /// (after a copy beside it). A newer schema is `refused`, a damaged file `data-damaged`. One process at a time.
    static Result<std::unique_ptr<HostDatabase>> open(const Environment& environment, const HomeLayout& layout);
    ~HostDatabase();

    const HomeLayout& layout() const { return layout_; }
    store::Database& store() { return *store_; }

    /// Small settings of the host: "backup-folder" and the like.
    Result<std::optional<std::string>> setting(std::string_view name);
    /// An empty optional takes the setting away.
    Status setSetting(std::string_view name, const std::optional<std::string>& value);

private:
    HostDatabase(HomeLayout layout, std::unique_ptr<store::Database> store);
    HomeLayout layout_;
    std::unique_ptr<store::Database> store_;
};

} // namespace ssprotect::session
