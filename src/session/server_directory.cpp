#include "ssprotect/session/kodiac_directory.h"

#include <algorithm>

namespace ssprotect::session {

ServerDirectory::ServerDirectory(kodiac::Kodiac& embedded, Opener opener)
    : embedded_(embedded), opener_(std::move(opener)) {}

Result<ServerDirectory::Remote> ServerDirectory::remote(const ServerSet& servers) {
    const std::lock_guard lock(mutex_);
    const auto at =
        std::find_if(remotes_.begin(), remotes_.end(), [&](const auto& known) { return known.first == servers; });
    if (at != remotes_.end())
        return at->second;
    if (!opener_)
        return makeError(ErrorCode::refused, "this client speaks to its embedded KODiAC only");
    auto made = opener_(servers);
    if (made)
        remotes_.emplace_back(servers, *made);
    return made;
}

Result<std::shared_ptr<kodiac::Kodiac>> ServerDirectory::of(const ServerSet& servers) {
    if (servers.embedded())
        return std::shared_ptr<kodiac::Kodiac>(std::shared_ptr<void>(), &embedded_);
    auto found = remote(servers);
    if (!found)
        return std::move(found).error();
    return std::move(found->kodiac);
}

Result<std::optional<std::string>> ServerDirectory::nextPin(const ServerSet& servers) {
    if (servers.embedded())
        return std::optional<std::string>();
    auto found = remote(servers);
    if (!found)
        return std::move(found).error();
    return found->nextPin ? found->nextPin() : Result<std::optional<std::string>>(std::optional<std::string>());
}

void ServerDirectory::cancel() {
    const std::lock_guard lock(mutex_);
    for (const auto& [servers, remote] : remotes_)
        if (remote.cancel)
            remote.cancel();
}

} // namespace ssprotect::session
