#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::store {

/// Makes a file and its name durable.
inline Status syncFile(const platform::Path& path, platform::FileSystem& files) {
    auto file = files.open(path, platform::Access::readWrite);
    if (!file)
        return std::move(file).error();
    if (auto synced = (*file)->sync(); !synced)
        return synced;
    return files.syncDirectory(path.parent_path());
}

} // namespace ssprotect::store
