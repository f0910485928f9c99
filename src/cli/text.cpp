#include "text.h"

#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace ssprotect::cli {

namespace fs = std::filesystem;

fs::path pathOf(const std::string& argument) { return platform::pathOfNarrow(argument); }

std::string absoluteText(const std::string& argument) {
    std::error_code noCurrentFolder;
    const auto absolute = fs::absolute(pathOf(argument), noCurrentFolder);
    return ipc::pathToText(noCurrentFolder ? pathOf(argument) : absolute);
}

std::string shownPathText(std::string_view text) {
    const auto path = ipc::textToPath(text);
    if (!path)
        return platform::shownText(text);
    std::error_code noCurrentFolder;
    const auto here = fs::current_path(noCurrentFolder);
    const auto relative = noCurrentFolder ? fs::path() : path->lexically_relative(here);
    const bool below = !relative.empty() && *relative.begin() != ".." && relative != ".";
    return platform::shownPath(below ? relative : *path);
}

std::string sizeText(std::uint64_t bytes) {
    constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    const int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f %s", decimals, value, kUnits[unit]);
    return text.data();
}

std::string durationText(std::uint64_t seconds) {
    std::array<char, 48> text{};
    const auto hours = static_cast<unsigned long long>(seconds / 3600);
    const auto minutes = static_cast<unsigned>(seconds / 60 % 60);
    const auto rest = static_cast<unsigned>(seconds % 60);
    if (hours > 0)
        std::snprintf(text.data(), text.size(), "%llu:%02u:%02u", hours, minutes, rest);
    else
        std::snprintf(text.data(), text.size(), "%u:%02u", minutes, rest);
    return text.data();
}

std::string timeText(std::string_view iso8601) {
    constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
    const bool fits = iso8601.size() > kShape.size() && iso8601.back() == 'Z' &&
                      std::equal(kShape.begin(), kShape.end(), iso8601.begin(),
                                 [](char shape, char c) { return shape == 'd' ? c >= '0' && c <= '9' : shape == c; });
    if (!fits)
        return platform::shownText(iso8601);
    return std::string(iso8601.substr(0, 10)) + ' ' + std::string(iso8601.substr(11, 5)) + " UTC";
}

std::string numberText(std::uint64_t number) {
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::string countText(std::uint64_t number, std::string_view thing) {
    return numberText(number) + ' ' + std::string(thing) + (number == 1 ? "" : "s");
}

std::size_t columnsOf(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

} // namespace ssprotect::cli
