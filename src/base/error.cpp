#include "ssprotect/base/error.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace ssprotect {
namespace {

struct Row {
    ErrorCode code;
    std::string_view word;
    int exit;
};

constexpr std::array kRows{
    Row{ErrorCode::internal, "internal", 1},
    Row{ErrorCode::ioError, "io-error", 1},
    Row{ErrorCode::diskFull, "disk-full", 1},
    Row{ErrorCode::accessDenied, "access-denied", 1},
    Row{ErrorCode::unsupportedFile, "unsupported-file", 1},
    Row{ErrorCode::hardLinked, "hard-linked", 1},
    Row{ErrorCode::symbolicLink, "symbolic-link", 1},
    Row{ErrorCode::notProtected, "not-protected", 1},
    Row{ErrorCode::alreadyExists, "already-exists", 1},
    Row{ErrorCode::nameTooLong, "name-too-long", 1},
    Row{ErrorCode::fileBusy, "file-busy", 1},
    Row{ErrorCode::cancelled, "cancelled", 1},
    Row{ErrorCode::dataDamaged, "data-damaged", 5},
    Row{ErrorCode::usage, "usage", 2},
    Row{ErrorCode::invalidInput, "invalid-input", 2},
    Row{ErrorCode::noTrayProcess, "no-tray-process", 3},
    Row{ErrorCode::notLoggedIn, "not-logged-in", 3},
    Row{ErrorCode::loginFailed, "login-failed", 3},
    Row{ErrorCode::refused, "refused", 4},
    Row{ErrorCode::exportKeysFirst, "export-keys-first", 4},
    Row{ErrorCode::releaseNotPermitted, "release-not-permitted", 4},
    Row{ErrorCode::takeOwnership, "take-ownership", 4},
    Row{ErrorCode::accountDisabled, "account-disabled", 4},
    Row{ErrorCode::wrongPassphrase, "wrong-passphrase", 4},
    Row{ErrorCode::weakPassword, "weak-password", 4},
    Row{ErrorCode::foreignFile, "foreign-file", 4},
    Row{ErrorCode::peerRefused, "peer-refused", 4},
    Row{ErrorCode::notPrivileged, "not-privileged", 4},
    Row{ErrorCode::notValidated, "not-validated", 4},
    Row{ErrorCode::accountDismissed, "account-dismissed", 4},
    Row{ErrorCode::lastPrivileged, "last-privileged", 4},
    Row{ErrorCode::noSeat, "no-seat", 4},
    Row{ErrorCode::quotaExceeded, "quota-exceeded", 4},
    Row{ErrorCode::passwordDue, "password-due", 4},
    Row{ErrorCode::expired, "expired", 4},
    Row{ErrorCode::hostNotApproved, "host-not-approved", 4},
    Row{ErrorCode::integrity, "integrity", 5},
    Row{ErrorCode::secondFactorMissing, "second-factor-missing", 6},
    Row{ErrorCode::secondFactorRefused, "second-factor-refused", 6},
    Row{ErrorCode::secondFactorThrottled, "second-factor-throttled", 6},
    Row{ErrorCode::conflict, "conflict", 7},
    Row{ErrorCode::changedMeanwhile, "changed-meanwhile", 7},
    Row{ErrorCode::versionConflict, "version-conflict", 7},
    Row{ErrorCode::lockHeld, "lock-held", 7},
    Row{ErrorCode::lockLost, "lock-lost", 7},
    Row{ErrorCode::notFound, "not-found", 8},
    Row{ErrorCode::kodiacUnreachable, "kodiac-unreachable", 9},
    Row{ErrorCode::pending, "pending", 9},
    Row{ErrorCode::serverBusy, "server-busy", 9},
};

const Row& rowOf(ErrorCode code) {
    const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.code == code; });
    if (row == kRows.end())
        std::abort();
    return *row;
}

} // namespace

std::string_view errorWord(ErrorCode code) { return rowOf(code).word; }

int exitCodeOf(ErrorCode code) { return rowOf(code).exit; }

ErrorCode errorCodeOf(std::string_view word) {
    const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.word == word; });
    return row == kRows.end() ? ErrorCode::internal : row->code;
}

} // namespace ssprotect
