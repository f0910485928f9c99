#include "path_pages.h"

namespace ssprotect::shellext {
namespace {

/// A frame holds 1 MiB of JSON; a quote, a comma and escapes come on top of the text.
constexpr std::size_t kPageBytes = std::size_t{256} << 10;
constexpr std::size_t kPageTexts = 10'000;
constexpr std::size_t kAround = 3;

} // namespace

std::vector<std::span<const std::string>> pagesOf(std::span<const std::string> texts) {
    std::vector<std::span<const std::string>> pages;
    std::size_t begin = 0;
    std::size_t bytes = 0;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        const auto more = texts[at].size() + kAround;
        if (at > begin && (bytes + more > kPageBytes || at - begin == kPageTexts)) {
            pages.push_back(texts.subspan(begin, at - begin));
            begin = at;
            bytes = 0;
        }
        bytes += more;
    }
    pages.push_back(texts.subspan(begin));
    return pages;
}

} // namespace ssprotect::shellext
