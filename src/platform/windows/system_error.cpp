#include "system_error.h"

#include "../error_meaning.h"
#include "system_name.h"

#include <array>

namespace ssprotect::platform {
namespace {

// winerror.h of mingw-w64 lacks ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING and ERROR_DISK_QUOTA_EXCEEDED.
constexpr DWORD kCloudProviderNotRunning = 362;
constexpr DWORD kQuotaExceeded = 1295;

constexpr std::string_view kClose = "close the program that uses it and try again";

constexpr std::array kMeanings{
    Meaning<DWORD>{ERROR_FILE_NOT_FOUND, ErrorCode::notFound, "there is no such file or folder", "check the path"},
    Meaning<DWORD>{ERROR_PATH_NOT_FOUND, ErrorCode::notFound, "there is no such file or folder", "check the path"},
    Meaning<DWORD>{ERROR_DIRECTORY, ErrorCode::notFound, "a part of the path is no folder", "check the path"},
    Meaning<DWORD>{ERROR_INVALID_NAME, ErrorCode::notFound, "no file can have that name", "check the path"},
    Meaning<DWORD>{ERROR_BAD_PATHNAME, ErrorCode::notFound, "no file can have that name", "check the path"},
    Meaning<DWORD>{ERROR_INVALID_DRIVE, ErrorCode::notFound, "there is no such drive", "check the path"},
    Meaning<DWORD>{ERROR_BAD_NETPATH, ErrorCode::notFound, "the network place does not answer", "check the connection"},
    Meaning<DWORD>{ERROR_BAD_NET_NAME, ErrorCode::notFound, "there is no such network share", "check the path"},
    Meaning<DWORD>{ERROR_ACCESS_DENIED, ErrorCode::accessDenied, "permission denied",
                   "ask the owner of the file or its folder for access"},
    Meaning<DWORD>{ERROR_PRIVILEGE_NOT_HELD, ErrorCode::accessDenied, "the system does not permit it",
                   "ask the administrator of the machine"},
    Meaning<DWORD>{ERROR_WRITE_PROTECT, ErrorCode::accessDenied, "the disk is write-protected", "use a writable disk"},
    Meaning<DWORD>{ERROR_DISK_FULL, ErrorCode::diskFull, "the disk is full", "make room and try again"},
    Meaning<DWORD>{ERROR_HANDLE_DISK_FULL, ErrorCode::diskFull, "the disk is full", "make room and try again"},
    Meaning<DWORD>{kQuotaExceeded, ErrorCode::diskFull, "your disk quota is used up", "make room and try again"},
    Meaning<DWORD>{ERROR_FILE_EXISTS, ErrorCode::alreadyExists, "the name is taken",
                   "choose another name or move that file away"},
    Meaning<DWORD>{ERROR_ALREADY_EXISTS, ErrorCode::alreadyExists, "the name is taken",
                   "choose another name or move that file away"},
    Meaning<DWORD>{ERROR_FILENAME_EXCED_RANGE, ErrorCode::nameTooLong, "the name is too long", "choose a shorter name"},
    Meaning<DWORD>{ERROR_BUFFER_OVERFLOW, ErrorCode::nameTooLong, "the name is too long", "choose a shorter name"},
    Meaning<DWORD>{ERROR_SHARING_VIOLATION, ErrorCode::fileBusy, "it is in use", kClose},
    Meaning<DWORD>{ERROR_LOCK_VIOLATION, ErrorCode::fileBusy, "a part of it is locked", kClose},
    Meaning<DWORD>{ERROR_DELETE_PENDING, ErrorCode::fileBusy, "it is being removed", kClose},
    Meaning<DWORD>{ERROR_USER_MAPPED_FILE, ErrorCode::fileBusy, "it is in use", kClose},
    Meaning<DWORD>{ERROR_UNABLE_TO_REMOVE_REPLACED, ErrorCode::fileBusy, "it is in use", kClose},
    Meaning<DWORD>{ERROR_UNABLE_TO_MOVE_REPLACEMENT, ErrorCode::fileBusy, "it is in use", kClose},
    Meaning<DWORD>{ERROR_CURRENT_DIRECTORY, ErrorCode::fileBusy, "a program works in that folder", kClose},
    Meaning<DWORD>{kLinkRefused, ErrorCode::symbolicLink, "it is a link", "name the file that the link points to"},
    Meaning<DWORD>{ERROR_NOT_SUPPORTED, ErrorCode::unsupportedFile, "it is a folder or a device", "name a file"},
    Meaning<DWORD>{ERROR_DIR_NOT_EMPTY, ErrorCode::ioError, "the folder is not empty", "remove what it holds first"},
    Meaning<DWORD>{ERROR_NOT_SAME_DEVICE, ErrorCode::ioError, "the two names are on different disks",
                   "choose a place on the same disk"},
    Meaning<DWORD>{ERROR_FILE_TOO_LARGE, ErrorCode::ioError, "the file is bigger than this disk's file system allows",
                   "use a disk with another file system"},
    Meaning<DWORD>{ERROR_CRC, ErrorCode::ioError, "the disk reports a fault", "check the disk and the event log"},
    Meaning<DWORD>{ERROR_IO_DEVICE, ErrorCode::ioError, "the disk reports a fault", "check the disk and the event log"},
    Meaning<DWORD>{ERROR_NOT_READY, ErrorCode::ioError, "the drive is not ready", "insert or connect the disk"},
    Meaning<DWORD>{kCloudProviderNotRunning, ErrorCode::ioError, "its content is in the cloud and cannot be had",
                   "start the program that synchronises the folder"},
    Meaning<DWORD>{ERROR_TOO_MANY_OPEN_FILES, ErrorCode::ioError, "too many files are open",
                   "close some and try again"},
};

Error errorOf(DWORD number, const std::string& what) {
    return errorAmong(kMeanings, number, what,
                      [](DWORD unknown) { return "Windows reports error " + std::to_string(unknown); });
}

/// The system says of a name that is too long what it says of one with forbidden characters.
bool isTooLong(const std::filesystem::path& path) { return path.filename().native().size() > kLongestName; }

} // namespace

Error fileError(DWORD number, std::string_view action, const std::filesystem::path& path) {
    const bool unclear = number == ERROR_INVALID_NAME || number == ERROR_PATH_NOT_FOUND ||
                         number == ERROR_FILE_NOT_FOUND || number == ERROR_BAD_PATHNAME;
    return errorOf(unclear && isTooLong(path) ? ERROR_FILENAME_EXCED_RANGE : number, failureOf(action, path));
}

Error systemError(DWORD number, std::string_view action) { return errorOf(number, "cannot " + std::string(action)); }

} // namespace ssprotect::platform
