#pragma once

#include "ssprotect/kodiac/lock_operations.h"
#include "wire/schema.h"
#include "work.h"

#include <memory>
#include <span>
#include <string_view>

namespace ssprotect::kodiac {

/// When an operation needs a code.
enum class CodeRule {
    never,
    whenEnrolled, ///< from a host that has proved its second factor
    always,
};

/// How a repeated request (same counter, same bytes) is answered.
enum class Repeat {
    again,      ///< it only reads, or says the same twice: executed again
    kept,       ///< from the reply cache, its secrets included (under the master key)
    keptShares, ///< from the reply cache, its shares derived again
};

/// What the corridor must know of an operation. The table is the only list of them.
struct Operation {
    std::string_view name;
    std::string_view summary = {};    ///< what it does, in a sentence (docs/kodiac-api.md)
    bool session = true;              ///< needs one
    CodeRule code = CodeRule::always; ///< TFA-1
    bool beforeKeyExport = false;     ///< REC-7: allowed while the keys were never exported
    bool beforeEnrolment = false;     ///< allowed without a code from a host that has no second factor yet
    /// Finishes what was granted before (PROT-14): called also after the session or for a disabled account; the
    /// handler then looks at each item.
    bool closing = false;
    /// Done with nobody at hand: takes a code of the host's own secret also where a token's is due (TFA-5).
    bool unattended = false;
    /// Of an Organization's *Administrator* or Delegates only.
    bool privileged = false;
    /// What it changes is guarded by this lock (LOCK-2); its request has a member `lock`.
    std::optional<EditLock> lock = std::nullopt;
    /// Decides about the Organization's people: one after another with all others that do, and by the rights that the
    /// caller has then. What is guarded by a lock does so anyway.
    bool alone = false;
    /// Allowed while the password must be changed (ACC-5).
    bool beforePasswordChange = false;
    /// Says nothing but that somebody is there: only its refusals, and what it notices, are audited.
    bool quiet = false;
    /// Ends its own token: a repetition comes with one that is not taken any more.
    bool endsToken = false;
    Repeat repeat = Repeat::again;
    std::unique_ptr<Work> (*prepare)(const Call& call) = nullptr;
    wire::MessageSchema (*request)() = nullptr;
    wire::MessageSchema (*response)() = nullptr;
};

std::span<const Operation> operationTable();
/// Null for a name that is none.
const Operation* findOperation(std::string_view name);

} // namespace ssprotect::kodiac
