#include "source_tree.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <regex>
#include <set>

namespace ssprotect::house {
namespace {

namespace fs = std::filesystem;

bool isSource(const fs::path& path) {
    const auto extension = path.extension();
    return extension == ".h" || extension == ".cpp";
}

} // namespace

std::string roomOf(const fs::path& relative) {
    auto part = relative.begin();
    const std::string top = part->string();
    if (top == "include")
        std::advance(part, 2);
    else if (top == "src")
        std::advance(part, 1);
    return part->string();
}

std::vector<fs::path> sourceFiles(const fs::path& top) {
    std::vector<fs::path> files;
    for (const char* folder : {"include", "src", "tray", "shellext"}) {
        if (!fs::exists(top / folder))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(top / folder))
            if (entry.is_regular_file() && isSource(entry.path()))
                files.push_back(fs::relative(entry.path(), top));
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Include> includesOf(const fs::path& top, const fs::path& relative) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> includes;
    std::ifstream in(top / relative);
    std::string text;
    for (int line = 1; std::getline(in, text); ++line) {
        std::smatch match;
        if (std::regex_search(text, match, pattern))
            includes.push_back({relative, line, match[2], match[1] == "\""});
    }
    return includes;
}

std::vector<std::string> findCycle(const std::map<std::string, std::vector<std::string>>& graph) {
    std::vector<std::string> path;
    std::set<std::string> done;
    std::vector<std::string> cycle;
    const std::function<bool(const std::string&)> visit = [&](const std::string& node) {
        const auto onPath = std::find(path.begin(), path.end(), node);
        if (onPath != path.end()) {
            cycle.assign(onPath, path.end());
            cycle.push_back(node);
            return true;
        }
        if (done.contains(node))
            return false;
        path.push_back(node);
        if (const auto edges = graph.find(node); edges != graph.end())
            for (const auto& next : edges->second)
                if (visit(next))
                    return true;
        path.pop_back();
        done.insert(node);
        return false;
    };
    for (const auto& [node, edges] : graph)
        if (visit(node))
            return cycle;
    return {};
}

} // namespace ssprotect::house
