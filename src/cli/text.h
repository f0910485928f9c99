#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ssprotect::cli {

/// A path as typed on the command line.
std::filesystem::path pathOf(const std::string& argument);
/// The same as the tray process wants it: absolute against the current folder, links left alone, as ipc text.
std::string absoluteText(const std::string& argument);
/// A path of the tray process for people: below the current folder without that, control characters escaped.
std::string shownPathText(std::string_view text);

/// "512 B", "12.4 kB", "3.10 GB": decimal, three digits.
std::string sizeText(std::uint64_t bytes);
/// "0:07", "12:34", "1:02:03"
std::string durationText(std::uint64_t seconds);
/// "2026-01-31 08:15 UTC" of an ISO 8601 time; other text as it is.
std::string timeText(std::string_view iso8601);
/// "10,000"
std::string numberText(std::uint64_t number);
/// "1 file", "10,000 files"
std::string countText(std::uint64_t number, std::string_view thing);

/// Characters of UTF-8 text; each counts as one column.
std::size_t columnsOf(std::string_view text);

} // namespace ssprotect::cli
