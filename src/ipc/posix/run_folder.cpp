#include "run_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>

namespace ssprotect::ipc {
namespace {

using std::filesystem::path;

ErrorCode codeOf(int error) {
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::accessDenied;
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::diskFull;
    case ENAMETOOLONG:
        return ErrorCode::nameTooLong;
    default:
        return ErrorCode::ioError;
    }
}

Status makeFolders(const path& folder) {
    path made;
    for (const auto& part : folder) {
        made /= part;
        if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST && errno != EISDIR) {
            const int error = errno;
            struct stat there {};
            if (::stat(made.c_str(), &there) == 0)
                continue; // such as "/" on a read-only file system
            errno = error;
            return systemError("the folder of the tray process can't be made");
        }
    }
    return {};
}

Result<UniqueFd> openOwn(const path& folder) {
    UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd)
        return systemError("the folder of the tray process can't be opened");
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0)
        return systemError("the folder of the tray process can't be read");
    if (info.st_uid != ::geteuid())
        return makeError(ErrorCode::peerRefused, "the folder of the tray process belongs to another user");
    return fd;
}

} // namespace

Error systemError(const std::string& what) {
    const int error = errno;
    return makeError(codeOf(error), what + ": " + std::generic_category().message(error));
}

Result<UniqueFd> makeRunFolder(const Endpoint& endpoint) {
    if (auto status = makeFolders(endpoint.runFolder()); !status)
        return std::move(status).error();
    auto fd = openOwn(endpoint.runFolder());
    if (fd && ::fchmod(fd->get(), 0700) != 0)
        return systemError("the folder of the tray process can't be closed to others");
    return fd;
}

Result<UniqueFd> openRunFolder(const Endpoint& endpoint) {
    auto fd = openOwn(endpoint.runFolder());
    if (!fd && fd.error().code != ErrorCode::peerRefused)
        return makeError(ErrorCode::noTrayProcess, "no tray process serves this home");
    return fd;
}

sockaddr_un socketAddress(const Endpoint& endpoint, const UniqueFd& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto name = (endpoint.runFolder() / kSocketName).native();
    if (name.size() >= sizeof(address.sun_path))
        name = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + kSocketName;
    std::memcpy(static_cast<char*>(address.sun_path), name.c_str(), name.size() + 1);
    return address;
}

bool isOwnPeer(int socket) {
    ucred peer{};
    socklen_t size = sizeof(peer);
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

} // namespace ssprotect::ipc
