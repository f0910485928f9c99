#include "ssprotect/platform/runtime_folder.h"

namespace ssprotect::platform {

bool isMemoryBacked(const Path&) { return false; }

std::optional<Path> ifPrivateMemory(const Path&) { return std::nullopt; }

std::optional<Path> runtimeFolder() { return std::nullopt; }

} // namespace ssprotect::platform
