#include "chain_of.h"

#include "params.h"
#include "ssprotect/container/container.h"
#include "ssprotect/platform/shown_path.h"

namespace ssprotect::app {

Result<FileId> chainOf(platform::FileSystem& files, SessionWork& work, const std::string& target) {
    if (auto id = FileId::fromHexText(target))
        return *id;
    auto path = pathFrom(target);
    if (!path)
        return std::move(path).error();
    auto file = files.open(*path, platform::Access::read);
    if (file) {
        auto header = container::readHeader(**file);
        if (!header)
            return std::move(header).error();
        if (*header)
            return (*header)->identity.file;
    }
    // Released or gone, the chain is still known by its path.
    if (auto row = work.hostList().at(*path); row && *row)
        return (*row)->file;
    if (auto released = work.hostList().releasedAt(*path); released && *released)
        return (*released)->file;
    if (!file)
        return std::move(file).error();
    return makeError(ErrorCode::notFound,
                     "'" + platform::shownPath(*path) + "' is not protected and was never released here");
}

} // namespace ssprotect::app
