#include "file_status.h"

#include "params.h"
#include "ssprotect/container/container.h"
#include "ssprotect/ipc/path_text.h"

#include <atomic>
#include <cstdlib>
#include <thread>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// Below this a thread costs more than it saves.
constexpr std::size_t kFilesWorthAThread = 64;

struct Colours {
    std::string_view ownership;
    std::string_view overlay;
};

std::string_view ownershipWord(container::Overlay overlay) {
    switch (overlay) {
    case container::Overlay::red:
        return "own";
    case container::Overlay::yellow:
        return "shared";
    case container::Overlay::none:
        return "foreign";
    }
    std::abort();
}

Colours coloursOf(const container::Identity& identity, const std::optional<Beholder>& beholder) {
    if (!beholder)
        return {"unknown", "none"};
    const auto overlay = beholder->viewer.overlayOf(identity.owner, identity.organization);
    return {beholder->loggedIn ? ownershipWord(overlay) : "unknown", container::overlayWord(overlay)};
}

bool isOpened(const platform::Path& path, const FileId& file, const std::multimap<FileId, platform::Path>& opened) {
    const auto [first, last] = opened.equal_range(file);
    if (first == last)
        return false;
    const auto resolved = withFolderResolved(path);
    return std::any_of(first, last, [&](const auto& entry) { return entry.second == resolved; });
}

Json failed(const platform::Path& path, const Error& error) {
    return {{"path", ipc::pathToText(path)}, {"error", toJson(error)}};
}

Json rowOf(platform::FileSystem& files, const platform::Path& path, const std::optional<Beholder>& beholder,
           const std::multimap<FileId, platform::Path>& opened) {
    auto file = files.open(path, platform::Access::read);
    if (!file)
        return failed(path, file.error());
    Json row{{"path", ipc::pathToText(path)},
             {"state", "plain"},
             {"ownership", "none"},
             {"overlay", "none"},
             {"file_id", nullptr},
             {"version", nullptr},
             {"mode", nullptr},
             {"size", nullptr}};
    auto header = container::readHeader(**file);
    if (!header && header.error().code != ErrorCode::dataDamaged)
        return failed(path, header.error());
    if (!header || !*header) {
        if (!header) {
            row["state"] = "damaged";
            row["ownership"] = "unknown";
        }
        if (auto info = (*file)->info())
            row["size"] = info->size;
        return row;
    }
    const auto& identity = (*header)->identity;
    const auto colours = coloursOf(identity, beholder);
    row["state"] = isOpened(path, identity.file, opened) ? "opened" : "protected";
    row["ownership"] = std::string(colours.ownership);
    row["overlay"] = std::string(colours.overlay);
    row["file_id"] = identity.file.hex();
    row["version"] = identity.version;
    row["mode"] = std::string(container::modeWord(identity.mode));
    row["size"] = (*header)->plaintextSize;
    return row;
}

} // namespace

Json statusOf(platform::FileSystem& files, std::span<const platform::Path> paths,
              const std::optional<Beholder>& beholder, const std::multimap<FileId, platform::Path>& opened) {
    std::vector<Json> rows(paths.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (auto i = next.fetch_add(1); i < paths.size(); i = next.fetch_add(1))
            rows[i] = rowOf(files, paths[i], beholder, opened);
    };
    const std::size_t most = std::max(1u, std::thread::hardware_concurrency());
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < std::min(most, paths.size() / kFilesWorthAThread); ++i)
            helpers.emplace_back(work);
        work();
    }
    return Json(std::move(rows));
}

} // namespace ssprotect::app
