#include "command_line.h"

#include "handle.h"
#include "wide_text.h"

#include <algorithm>
#include <shellapi.h>

namespace ssprotect::platform {
namespace {

/// Backslashes count only before a quotation mark, where each has to be doubled.
void appendQuoted(std::wstring& line, std::wstring_view word) {
    line += L'"';
    std::size_t backslashes = 0;
    for (const wchar_t unit : word) {
        if (unit == L'"')
            line.append(backslashes + 1, L'\\');
        backslashes = unit == L'\\' ? backslashes + 1 : 0;
        line += unit;
    }
    line.append(backslashes, L'\\');
    line += L'"';
}

bool needsQuotes(std::wstring_view word) {
    return word.empty() || word.find_first_of(L" \t\n\v\"") != std::wstring_view::npos;
}

std::wstring_view nameOf(std::wstring_view assignment) {
    // The system's own entries start with '=' ("=C:=C:\folder").
    return assignment.substr(0, assignment.find(L'=', 1));
}

bool precedes(const std::wstring& a, const std::wstring& b) {
    const auto x = nameOf(a);
    const auto y = nameOf(b);
    return ::CompareStringOrdinal(x.data(), static_cast<int>(x.size()), y.data(), static_cast<int>(y.size()), TRUE) ==
           CSTR_LESS_THAN;
}

using Strings = std::unique_ptr<wchar_t, decltype([](wchar_t* block) { ::FreeEnvironmentStringsW(block); })>;

} // namespace

std::wstring commandLine(const std::vector<std::string>& words) {
    std::wstring line;
    for (const auto& word : words) {
        const std::wstring wide = wideText(word);
        if (!line.empty())
            line += L' ';
        // The program's own name is always quoted: it is read by other rules, which know no escapes.
        if (line.empty() || needsQuotes(wide))
            appendQuoted(line, wide);
        else
            line += wide;
    }
    return line;
}

std::vector<std::string> wordsOf(const std::wstring& line) {
    int count = 0;
    const LocalMemory<wchar_t*> words(::CommandLineToArgvW(line.c_str(), &count));
    std::vector<std::string> narrow;
    for (int i = 0; words && i < count; ++i)
        narrow.push_back(narrowText(words.get()[i]));
    return narrow;
}

std::vector<wchar_t> environmentWith(const std::vector<std::pair<std::string, std::string>>& added) {
    std::vector<std::wstring> entries;
    for (const auto& [name, value] : added)
        entries.push_back(wideText(name) + L"=" + wideText(value));
    const std::size_t ours = entries.size();
    const Strings block(::GetEnvironmentStringsW());
    for (const wchar_t* at = block.get(); at != nullptr && *at != L'\0'; at += std::wstring_view(at).size() + 1) {
        const bool replaced =
            std::any_of(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(ours),
                        [&](const std::wstring& entry) { return sameIgnoringCase(nameOf(entry), nameOf(at)); });
        if (!replaced)
            entries.emplace_back(at);
    }
    std::sort(entries.begin(), entries.end(), precedes);
    std::vector<wchar_t> whole;
    for (const auto& entry : entries)
        whole.insert(whole.end(), entry.c_str(), entry.c_str() + entry.size() + 1);
    if (whole.empty())
        whole.push_back(L'\0');
    whole.push_back(L'\0');
    return whole;
}

} // namespace ssprotect::platform
