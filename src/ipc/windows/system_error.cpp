#include "system_error.h"

#include <system_error>

namespace ssprotect::ipc {
namespace {

ErrorCode codeOf(DWORD error) {
    switch (error) {
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT:
    case ERROR_PRIVILEGE_NOT_HELD:
        return ErrorCode::accessDenied;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return ErrorCode::diskFull;
    case ERROR_FILENAME_EXCED_RANGE:
    case ERROR_BUFFER_OVERFLOW:
        return ErrorCode::nameTooLong;
    default:
        return ErrorCode::ioError;
    }
}

} // namespace

Error systemError(const std::string& what, DWORD code) {
    return makeError(codeOf(code), what + ": " + std::system_category().message(static_cast<int>(code)));
}

} // namespace ssprotect::ipc
