#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/json.h"
#include "ssprotect/container/header.h"

#include <string>
#include <vector>

namespace ssprotect::session {

/// One row of the Versionlist (VCH-6).
struct VersionRow {
    VersionNumber version = 0;
    TimePoint created{};
    AccountId creator;
    std::string creatorEmail;
    std::string name; ///< as ipc::pathToText; empty when this account has no key for it
    std::string path; ///< likewise
    std::uint64_t size = 0;
    container::ConversionMode mode = container::ConversionMode::optimized;
    bool restorable = false;
    std::string reason; ///< why not restorable
};

struct VersionPage {
    FileId file;
    AccountId owner;
    std::vector<VersionRow> versions; ///< newest first
};

/// {"file_id", "versions": [{version, created, creator, name, size, restorable, reason, mode}]}
Json toJson(const VersionPage& page);

} // namespace ssprotect::session
