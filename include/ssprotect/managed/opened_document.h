#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::managed {

enum class DocumentState {
    opening,    ///< being authorised and decrypted
    open,       ///< in use
    handedOver, ///< the program gave it to a running instance that shows no sign: the user says when it is closed
    closing,    ///< being protected again
    pending,    ///< closed; its content is sealed on disk and waits to be stored (PROT-14)
};
/// "opening", "open", "handed-over", "closing", "pending"
std::string_view stateWord(DocumentState state);

/// A row of `opened`.
struct OpenedDocument {
    platform::Path path; ///< the container
    FileId file;
    VersionNumber version = 0; ///< that was opened
    TimePoint since{};
    std::string program; ///< for people: the program's file name
    DocumentState state = DocumentState::opening;
    std::optional<Error> problem; ///< pending: why it is not stored yet
};

/// How a managed access ended.
struct Closed {
    enum class Result {
        stored,    ///< a new version lies at `path`, or at `conflict`
        unchanged, ///< nothing was stored: *Keep version when unchanged* is on, or the document was deleted unchanged
        pending,   ///< sealed on disk, stored later (`open` exits 9)
    };
    Result result = Result::stored;
    platform::Path path;
    FileId file;
    VersionNumber version = 0;                ///< the new one; the opened one if nothing was stored
    bool changed = false;                     ///< the content differs from what was opened
    bool deleted = false;                     ///< the application deleted the document; the last settled save was kept
    std::optional<platform::Path> conflict;   ///< PROT-7: where the second copy lies
    std::vector<platform::Path> protectedToo; ///< other files the application left, now protected beside the document
    std::optional<Error> problem;             ///< pending: why
};

} // namespace ssprotect::managed
