#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/session/host_database.h"
#include "ssprotect/vchain/chain_records.h"

#include <string>
#include <vector>

namespace ssprotect::session {

enum class ItemState {
    protectedFile, ///< the container is there
    opened,        ///< in managed access on this host
    missing,       ///< nothing there, or another chain's container: renamed or moved elsewhere
    plain,         ///< a file that is no container took its place
    damaged,       ///< a container that is structurally invalid
};
std::string_view itemStateWord(ItemState state); ///< "protected", "opened", …

/// One row of the Hostlist (VCH-6).
struct HostListRow {
    platform::Path path;
    FileId file;
    VersionNumber version = 0; ///< as last stored or opened here
    OrganizationId organization;
    AccountId owner;
    container::ConversionMode mode = container::ConversionMode::optimized;
    std::uint64_t size = 0; ///< of the plaintext
    TimePoint storedAt{};
    std::optional<TimePoint> opened;
    ItemState state = ItemState::protectedFile;
    bool own = false;
};

enum class HostListOrder { path, name, version, size, stored };

struct HostListQuery {
    bool exclusive = false; ///< *Excl vChains*: only the newest of each chain
    std::string search{};   ///< part of the path, ASCII case ignored; empty: all
    HostListOrder order = HostListOrder::path;
    bool descending = false;
    std::uint32_t offset = 0;
    std::uint32_t limit = 500; ///< at most 1,000 are given
};

struct HostListPage {
    std::vector<HostListRow> rows; ///< opened ones first
    std::uint64_t total = 0;       ///< that match, on all pages
};

/// The managed files of one account on this host, and what it remembers of their chains. Paths
/// are absolute and lexically normal (made so here). Any thread; each call is one transaction.
class HostList final : public vchain::ChainRecords {
public:
    HostList(HostDatabase& database, const Environment& environment, const AccountId& account);
    ~HostList() override;

    Result<std::optional<vchain::ReleasedRecord>> releasedAt(const platform::Path& path) override;
    Result<VersionNumber> lastSeen(const platform::Path& path, const FileId& file) override;
    Status recordStored(std::span<const vchain::StoredRecord> rows) override;
    Status recordReleased(std::span<const vchain::ReleasedRecord> rows) override;

    /// The state of each row given is looked up in the file system (headers only).
    Result<HostListPage> list(const HostListQuery& query);
    Result<std::optional<HostListRow>> at(const platform::Path& path);

    /// PROT-3: shows *(Opened)*. A path without a row is ok.
    Status markOpened(const platform::Path& path, bool opened);
    /// At start, once recovery has settled what was open.
    Status clearOpened();

private:
    HostDatabase& database_;
    Environment environment_;
    AccountId account_;
};

/// {"hostlist": [{path, file_id, version, state, ownership, mode, size, opened}], "total"}
Json toJson(const HostListPage& page);

} // namespace ssprotect::session
