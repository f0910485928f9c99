#include "data_folder.h"

#include "ssprotect/platform/private_folder.h"

namespace ssprotect::kodiacd {

Status makePrivate(platform::FileSystem& files, const DataFolder& folder) {
    if (auto made = files.createDirectories(folder.path); !made)
        return made;
    auto open = platform::openToOthers(folder.path);
    if (!open)
        return std::move(open).error();
    return *open ? platform::closeToOthers(folder.path) : Status();
}

} // namespace ssprotect::kodiacd
