#pragma once

#include <string>
#include <string_view>

namespace ssprotect {

/// What went wrong, as one stable word. The words and exit codes are part of
/// the command-line contract: add to them, never rename.
enum class ErrorCode {
    // exit 1: the item failed
    internal,
    ioError,
    diskFull,
    accessDenied,
    unsupportedFile,
    hardLinked,
    symbolicLink,
    notProtected,
    alreadyExists,
    nameTooLong,
    fileBusy,
    cancelled,
    // exit 2: the request itself is wrong
    usage,
    invalidInput,
    // exit 3
    noTrayProcess,
    notLoggedIn,
    loginFailed,
    // exit 4: refused by policy
    refused,
    exportKeysFirst,
    releaseNotPermitted,
    takeOwnership,
    accountDisabled,
    wrongPassphrase,
    weakPassword,
    foreignFile,
    peerRefused,
    notPrivileged,
    notValidated,
    accountDismissed,
    lastPrivileged,
    noSeat,
    quotaExceeded,
    passwordDue,
    expired,
    hostNotApproved,
    // exit 5
    dataDamaged,
    integrity,
    // exit 6
    secondFactorMissing,
    secondFactorRefused,
    secondFactorThrottled,
    // exit 7
    conflict,
    changedMeanwhile,
    versionConflict,
    lockHeld,
    lockLost,
    // exit 8
    notFound,
    // exit 9
    kodiacUnreachable,
    pending,
    serverBusy,
};

/// The word that JSON, logs and documents use ("export-keys-first").
std::string_view errorWord(ErrorCode code);

/// The exit code of the class that `code` belongs to.
int exitCodeOf(ErrorCode code);

/// The code with that word; `ErrorCode::internal` for a word of a newer peer.
ErrorCode errorCodeOf(std::string_view word);

/// A failure as a value. `message` names what failed, why, and what to do; it
/// may name files, so logs above debug level write the word only.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;

    std::string_view word() const { return errorWord(code); }
    int exitCode() const { return exitCodeOf(code); }
};

} // namespace ssprotect
