#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ssprotect::house {

/// One `#include` line of the product's own sources (tests left out).
struct Include {
    std::filesystem::path file; ///< relative to the top of the tree
    int line = 0;
    std::string target; ///< as written between the quotes or brackets
    bool quoted = false;
};

/// The room a source belongs to: "crypto" for src/crypto/… and include/ssprotect/crypto/…, "tray", "shellext".
std::string roomOf(const std::filesystem::path& relative);

std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& top);
std::vector<Include> includesOf(const std::filesystem::path& top, const std::filesystem::path& relative);

/// Names along one cycle of the graph, empty when there is none.
std::vector<std::string> findCycle(const std::map<std::string, std::vector<std::string>>& graph);

} // namespace ssprotect::house
