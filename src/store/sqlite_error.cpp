#include "sqlite_error.h"

#include <string>

#include <sqlite3.h>

namespace ssprotect::store {

Error sqliteError(int code, std::string_view label, std::string_view detail) {
    const std::string name(label);
    switch (code & 0xff) { // the primary code of an extended one
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::fileBusy, name + " is busy: another process is using it; try again in a moment"};
    case SQLITE_FULL:
        return {ErrorCode::diskFull, name + " cannot grow: the disk is full; free some space and try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::dataDamaged, name + " is damaged; restore it from a backup"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return {ErrorCode::accessDenied, name + " cannot be opened for writing; check the rights of its folder"};
    case SQLITE_IOERR:
        return {ErrorCode::ioError, name + " cannot be read or written; check the disk"};
    default:
        return {ErrorCode::internal, name + " refused a statement: " + std::string(detail)};
    }
}

} // namespace ssprotect::store
