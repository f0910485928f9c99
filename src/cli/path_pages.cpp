#include "path_pages.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr std::size_t kPathsPerPage = 1000;
constexpr std::size_t kPageBytes = std::size_t{900} << 10;
/// A row names its path once, and an error in it once more with the odd characters escaped.
constexpr std::size_t kRowBytes = 400;
constexpr std::size_t kPathFactor = 6;

} // namespace

Json PathPages::next() {
    Json page = Json::array();
    for (std::size_t bytes = 0; !done() && page.size() < kPathsPerPage; ++next_) {
        bytes += kRowBytes + kPathFactor * paths_[next_].size();
        if (bytes > kPageBytes && !page.empty())
            break;
        page.push_back(std::move(paths_[next_]));
    }
    return page;
}

} // namespace ssprotect::cli
