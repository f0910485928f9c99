#include "command_template.h"

#include "command_line.h"
#include "ssprotect/platform/narrow_path.h"
#include "wide_text.h"

namespace ssprotect::platform {
namespace {

/// What follows the program in the line.
std::wstring_view argumentsIn(std::wstring_view text, const std::wstring& executable) {
    const bool quoted = text.starts_with(L'"');
    if (quoted)
        text.remove_prefix(1);
    if (text.size() >= executable.size() && sameIgnoringCase(text.substr(0, executable.size()), executable)) {
        text.remove_prefix(executable.size());
    } else { // written in another way: with a variable, a short name, without its ending
        const auto end = text.find(quoted ? L'"' : L' ');
        text = end == std::wstring_view::npos ? std::wstring_view() : text.substr(end);
    }
    if (text.starts_with(L'"'))
        text.remove_prefix(1);
    return text;
}

/// With the codes of the shell replaced. Empty where it stood for nothing but more documents.
std::optional<std::string> expanded(const std::string& word) {
    std::string text;
    bool dropped = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%' || i + 1 == word.size()) {
            text += word[i];
            continue;
        }
        const char code = word[++i];
        if (std::string_view("1LlVvDd").find(code) != std::string_view::npos)
            text += kDocumentSlot;
        else if (code == '%')
            text += '%';
        else // further documents, and what the shell knows of a document that has no file
            dropped = dropped || code == '*' || code == '~' || (code >= '2' && code <= '9');
    }
    return text.empty() && dropped ? std::nullopt : std::optional(text);
}

} // namespace

std::vector<std::string> commandOfTemplate(const std::wstring& text, const Path& executable) {
    std::vector<std::string> command{narrowPath(executable)};
    // The first word is read by other rules than the rest.
    const auto words = wordsOf(L"program " + std::wstring(argumentsIn(text, executable.native())));
    for (std::size_t i = 1; i < words.size(); ++i)
        if (auto word = expanded(words[i]))
            command.push_back(std::move(*word));
    return command;
}

} // namespace ssprotect::platform
