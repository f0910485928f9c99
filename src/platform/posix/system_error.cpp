#include "system_error.h"

#include "../error_meaning.h"

#include <array>
#include <system_error>

namespace ssprotect::platform {
namespace {

constexpr std::array kMeanings{
    Meaning<int>{ENOENT, ErrorCode::notFound, "there is no such file or folder", "check the path"},
    Meaning<int>{ENOTDIR, ErrorCode::notFound, "a part of the path is no folder", "check the path"},
    Meaning<int>{EACCES, ErrorCode::accessDenied, "permission denied",
                 "ask the owner of the file or its folder for access"},
    Meaning<int>{EPERM, ErrorCode::accessDenied, "the system does not permit it",
                 "check who owns it and whether it is marked immutable or append-only"},
    Meaning<int>{EROFS, ErrorCode::accessDenied, "the disk is read-only", "use a writable disk or mount it writable"},
    Meaning<int>{ENOSPC, ErrorCode::diskFull, "the disk is full", "make room and try again"},
    Meaning<int>{EDQUOT, ErrorCode::diskFull, "your disk quota is used up", "make room and try again"},
    Meaning<int>{EEXIST, ErrorCode::alreadyExists, "the name is taken", "choose another name or move that file away"},
    Meaning<int>{ENAMETOOLONG, ErrorCode::nameTooLong, "the name is too long", "choose a shorter name"},
    Meaning<int>{ETXTBSY, ErrorCode::fileBusy, "it is a running program", "end the program and try again"},
    Meaning<int>{EBUSY, ErrorCode::fileBusy, "it is in use", "close the program that uses it and try again"},
    Meaning<int>{EAGAIN, ErrorCode::fileBusy, "it is in use", "close the program that uses it and try again"},
    Meaning<int>{ELOOP, ErrorCode::symbolicLink, "it is a symbolic link", "name the file that the link points to"},
    Meaning<int>{EISDIR, ErrorCode::unsupportedFile, "it is a folder", "name a file"},
    Meaning<int>{ENXIO, ErrorCode::unsupportedFile, "it is a device or socket", "name a file"},
    Meaning<int>{EIO, ErrorCode::ioError, "the disk reports a fault", "check the disk and the system log"},
    Meaning<int>{EFBIG, ErrorCode::ioError, "the file is bigger than this disk's file system allows",
                 "use a disk with another file system"},
    Meaning<int>{EXDEV, ErrorCode::ioError, "the two names are on different disks", "choose a place on the same disk"},
    Meaning<int>{ENOTEMPTY, ErrorCode::ioError, "the folder is not empty", "remove what it holds first"},
    Meaning<int>{EMFILE, ErrorCode::ioError, "too many files are open", "close some and try again"},
    Meaning<int>{ENFILE, ErrorCode::ioError, "too many files are open", "close some programs and try again"},
};

Error errorOf(int number, const std::string& what) {
    return errorAmong(kMeanings, number, what, [](int unknown) { return std::generic_category().message(unknown); });
}

} // namespace

Error fileError(int number, std::string_view action, const std::filesystem::path& path) {
    return errorOf(number, failureOf(action, path));
}

Error systemError(int number, std::string_view action) { return errorOf(number, "cannot " + std::string(action)); }

} // namespace ssprotect::platform
