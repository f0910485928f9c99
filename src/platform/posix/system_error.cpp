#include "system_error.h"

#include "ssprotect/platform/shown_path.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace ssprotect::platform {
namespace {

struct Meaning {
    int number;
    ErrorCode code;
    std::string_view why;
    std::string_view remedy;
};

constexpr std::array kMeanings{
    Meaning{ENOENT, ErrorCode::notFound, "there is no such file or folder", "check the path"},
    Meaning{ENOTDIR, ErrorCode::notFound, "a part of the path is no folder", "check the path"},
    Meaning{EACCES, ErrorCode::accessDenied, "permission denied", "ask the owner of the file or its folder for access"},
    Meaning{EPERM, ErrorCode::accessDenied, "the system does not permit it",
            "check who owns it and whether it is marked immutable or append-only"},
    Meaning{EROFS, ErrorCode::accessDenied, "the disk is read-only", "use a writable disk or mount it writable"},
    Meaning{ENOSPC, ErrorCode::diskFull, "the disk is full", "make room and try again"},
    Meaning{EDQUOT, ErrorCode::diskFull, "your disk quota is used up", "make room and try again"},
    Meaning{EEXIST, ErrorCode::alreadyExists, "the name is taken", "choose another name or move that file away"},
    Meaning{ENAMETOOLONG, ErrorCode::nameTooLong, "the name is too long", "choose a shorter name"},
    Meaning{ETXTBSY, ErrorCode::fileBusy, "it is a running program", "end the program and try again"},
    Meaning{EBUSY, ErrorCode::fileBusy, "it is in use", "close the program that uses it and try again"},
    Meaning{EAGAIN, ErrorCode::fileBusy, "it is in use", "close the program that uses it and try again"},
    Meaning{ELOOP, ErrorCode::symbolicLink, "it is a symbolic link", "name the file that the link points to"},
    Meaning{EISDIR, ErrorCode::unsupportedFile, "it is a folder", "name a file"},
    Meaning{ENXIO, ErrorCode::unsupportedFile, "it is a device or socket", "name a file"},
    Meaning{EIO, ErrorCode::ioError, "the disk reports a fault", "check the disk and the system log"},
    Meaning{EFBIG, ErrorCode::ioError, "the file is bigger than this disk's file system allows",
            "use a disk with another file system"},
    Meaning{EXDEV, ErrorCode::ioError, "the two names are on different disks", "choose a place on the same disk"},
    Meaning{ENOTEMPTY, ErrorCode::ioError, "the folder is not empty", "remove what it holds first"},
    Meaning{EMFILE, ErrorCode::ioError, "too many files are open", "close some and try again"},
    Meaning{ENFILE, ErrorCode::ioError, "too many files are open", "close some programs and try again"},
};

Error errorOf(int number, const std::string& what) {
    const auto* row = std::find_if(kMeanings.begin(), kMeanings.end(),
                                   [&](const Meaning& meaning) { return meaning.number == number; });
    if (row == kMeanings.end())
        return makeError(ErrorCode::ioError, what + ": " + std::generic_category().message(number) +
                                                 "; try again, and check the disk if it stays so");
    return makeError(row->code, what + ": " + std::string(row->why) + "; " + std::string(row->remedy));
}

} // namespace

Error fileError(int number, std::string_view action, const std::filesystem::path& path) {
    return errorOf(number, "cannot " + std::string(action) + " '" + shownPath(path) + "'");
}

Error systemError(int number, std::string_view action) { return errorOf(number, "cannot " + std::string(action)); }

} // namespace ssprotect::platform
