#pragma once

#include "support/fault_file_system.h"

namespace ssprotect::support {

/// Where a name is or would be.
struct FaultFileSystem::Place {
    NodePtr directory;
    std::string name;
    NodePtr node; ///< what has the name now; null = free
};

/// The components below the root; `.` is the root.
std::vector<std::string> namesOf(const Path& path);

Error failure(ErrorCode code, std::string_view verb, const Path& path);

bool liesBelow(const Path& path, const Path& folder);

/// Whether rename may put `source` over `target` (null: the name is free).
Status mayReplace(const Node& source, const Node* target, const Path& to);

/// Counts and logs one operation, lets it fail if it is its turn, else does it.
template <class Effect> Status FaultFileSystem::perform(OperationKind kind, std::string text, Effect effect) {
    if (auto power = powered(); !power)
        return power;
    operations_.push_back({static_cast<unsigned>(operations_.size()) + 1, kind, std::move(text)});
    const auto fault = faultNow();
    if (!fault)
        return effect();
    if (*fault == Fault::ioErrorAfterwards)
        if (auto done = effect(); !done)
            return done;
    const bool full = *fault == Fault::diskFull || *fault == Fault::shortWrite;
    return makeError(full ? ErrorCode::diskFull : ErrorCode::ioError, "injected fault at operation " +
                                                                          std::to_string(operations_.back().ordinal) +
                                                                          ": " + operations_.back().text);
}

} // namespace ssprotect::support
