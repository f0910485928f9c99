#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ssprotect::platform {

/// One line from which every program that reads it as Microsoft's C runtime does gets these words (UTF-8).
std::wstring commandLine(const std::vector<std::string>& words);

/// The words of such a line, in UTF-8.
std::vector<std::string> wordsOf(const std::wstring& line);

/// This process's environment with `added` in it, as CreateProcess takes it.
std::vector<wchar_t> environmentWith(const std::vector<std::pair<std::string, std::string>>& added);

} // namespace ssprotect::platform
