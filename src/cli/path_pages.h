#pragma once

#include "ssprotect/base/json.h"

#include <string>
#include <vector>

namespace ssprotect::cli {

/// Splits paths (ipc text) into pages whose answer, a row for each, fits one frame of the pipe.
class PathPages {
public:
    explicit PathPages(std::vector<std::string> paths) : paths_(std::move(paths)) {}
    bool done() const { return next_ == paths_.size(); }
    /// At least one path.
    Json next();

private:
    std::vector<std::string> paths_;
    std::size_t next_ = 0;
};

} // namespace ssprotect::cli
