#pragma once

#include "ssprotect/base/random.h"

#include <filesystem>

namespace ssprotect::platform {

/// A fresh name in the folder of `target` for a temporary file: `.ssp-` + 16 hex digits + `~`.
/// 22 bytes long whatever the target's name is, so it fits where the target fits.
std::filesystem::path siblingName(const std::filesystem::path& target, Random& random);

/// Whether the last component is such a name. Below a folder that only we use, such a file that
/// no running operation owns is a leftover; elsewhere the journal says so first.
bool isSiblingName(const std::filesystem::path& path);

/// Where `FileSystem::replace` parks the old file for a moment on systems that cannot exchange
/// two names: derived from the replacement's name, never a sibling name, because a sweep that
/// removed it could remove the only copy. See `settleReplace`.
std::filesystem::path parkedName(const std::filesystem::path& replacement);

} // namespace ssprotect::platform
