#include "ssprotect/conversion/bulk_plan.h"

#include "source.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>
#include <set>

namespace ssprotect::conversion {
namespace {

using platform::FileKind;
using platform::Path;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Backtracks to the last `*` only: linear in practice, and never worse than name × pattern.
bool matches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(name[n]))) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool matchesAny(const std::vector<std::string>& patterns, std::string_view name) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return matches(pattern, name); });
}

bool liesIn(const Path& path, const Path& folder) {
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

class Walk {
public:
    Walk(platform::FileSystem& files, const BulkSelection& selection, Operation operation, Look look,
         const std::function<bool(BulkCandidate)>& visit)
        : files_(files), selection_(selection), operation_(operation), look_(look), visit_(visit) {
        for (const auto& root : selection.roots)
            named_.insert(root.lexically_normal());
    }

    void run() {
        for (const auto& root : named_)
            if (!takeRoot(root))
                return;
    }

private:
    bool refuse(const Path& path, Error why) {
        BulkCandidate candidate;
        candidate.path = path;
        candidate.refusal = std::move(why);
        return visit_(std::move(candidate));
    }

    bool isExcluded(const Path& path) const {
        return std::any_of(selection_.excluded.begin(), selection_.excluded.end(),
                           [&](const auto& folder) { return liesIn(path, folder); });
    }

    bool refuseExcluded(const Path& path) {
        return refuse(path, makeError(ErrorCode::unsupportedFile, "'" + platform::shownPath(path) +
                                                                      "' belongs to SSProtect itself and is left out"));
    }

    bool takeRoot(const Path& root) {
        if (isExcluded(root))
            return refuseExcluded(root);
        auto info = files_.info(root);
        if (!info)
            return refuse(root, std::move(info).error());
        if (info->kind == FileKind::directory && selection_.recursive)
            return enter(root);
        return takeFile(root, *info, true);
    }

    bool enter(const Path& folder) {
        auto entries = files_.list(folder);
        if (!entries)
            return refuse(folder, std::move(entries).error());
        for (const auto& entry : *entries) {
            const Path path = folder / entry.name;
            // What was named itself has its own turn.
            if (!named_.contains(path) && !take(path, entry.kind))
                return false;
        }
        return true;
    }

    bool take(const Path& path, FileKind kind) {
        if (isExcluded(path))
            return refuseExcluded(path);
        if (kind == FileKind::directory)
            return enter(path);
        auto info = files_.info(path);
        if (!info) {
            if (info.error().code == ErrorCode::notFound)
                return true; // removed while we looked
            return refuse(path, std::move(info).error());
        }
        return takeFile(path, *info, false);
    }

    bool takeFile(const Path& path, const platform::FileInfo& info, bool named) {
        if (!named && !selection_.filter.takes(path, info.size))
            return true;
        if (auto kind = refuseKind(path, info); !kind)
            return refuse(path, std::move(kind).error());
        if (selection_.mayTouch)
            if (auto may = selection_.mayTouch(path); !may)
                return refuse(path, std::move(may).error());
        BulkCandidate candidate;
        candidate.path = path;
        candidate.size = info.size;
        if (look_ == Look::inside)
            lookInside(candidate, named);
        return visit_(std::move(candidate));
    }

    void lookInside(BulkCandidate& candidate, bool named) {
        auto source = inspect(files_, candidate.path);
        if (!source) {
            candidate.refusal = std::move(source).error();
        } else if (operation_ == Operation::activate) {
            if (source->header)
                candidate.skipped = Skipped::alreadyProtected;
            else if (source->info.otherStreams)
                candidate.refusal = otherStreamsError(candidate.path);
        } else if (!source->header) {
            if (named)
                candidate.refusal = notProtectedError(candidate.path);
            else
                candidate.skipped = Skipped::notProtected;
        }
    }

    platform::FileSystem& files_;
    const BulkSelection& selection_;
    Operation operation_;
    Look look_;
    const std::function<bool(BulkCandidate)>& visit_;
    std::set<Path> named_;
};

} // namespace

bool BulkFilter::takes(const Path& path, std::uint64_t size) const {
    const auto name = platform::narrowPath(path.filename());
    return (include.empty() || matchesAny(include, name)) && !matchesAny(exclude, name) &&
           (!leastSize || size >= *leastSize) && (!mostSize || size <= *mostSize);
}

void walkSelection(platform::FileSystem& files, const BulkSelection& selection, Operation operation, Look look,
                   const std::function<bool(BulkCandidate)>& visit) {
    Walk(files, selection, operation, look, visit).run();
}

bool isNamed(const BulkSelection& selection, const Path& path) {
    return std::any_of(selection.roots.begin(), selection.roots.end(),
                       [&](const auto& root) { return root.lexically_normal() == path; });
}

} // namespace ssprotect::conversion
