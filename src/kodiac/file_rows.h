#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

struct FileRow {
    OrganizationId organization;
    AccountId owner;
    container::ConversionMode mode = container::ConversionMode::optimized;
    Bytes salt; ///< σ
};
std::optional<FileRow> fileRow(Context& context, const FileId& file);

struct VersionRow {
    container::IdentityBytes identity{};
    AccountId creator;
    HostId host;
    std::optional<GrantId> grant;
    StoreState::State state = StoreState::State::unknown;
};
std::optional<VersionRow> versionRow(Context& context, const FileId& file, VersionNumber version);

/// The file, if it is there and the caller's organization's: `not-found`, `foreign-file`.
Result<FileRow> authorisedFile(Context& context, const FileId& file);

inline int numberOf(StoreState::State state) { return static_cast<int>(state); }

} // namespace ssprotect::kodiac
