#include "exec_line.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include <glib.h>

namespace ssprotect::platform {
namespace {

constexpr std::string_view kDocumentCodes = "fFuU";
constexpr const char* kTerminal = "x-terminal-emulator";

struct Argument {
    std::string before; ///< the whole argument if `hasDocument` is false
    std::string after;
    bool hasDocument = false;

    bool isDocumentAlone() const { return hasDocument && before.empty() && after.empty(); }
};

std::optional<std::vector<std::string>> wordsOf(const std::string& line) {
    int count = 0;
    char** words = nullptr;
    if (g_shell_parse_argv(line.c_str(), &count, &words, nullptr) == FALSE)
        return std::nullopt;
    const std::unique_ptr<char*, decltype([](char** list) { g_strfreev(list); })> owner(words);
    return std::vector<std::string>(words, words + count);
}

/// Expands the field codes of one word; a second document code is dropped.
Argument expanded(const std::string& word, const ExecLine& exec) {
    Argument argument;
    for (std::size_t i = 0; i < word.size(); ++i) {
        std::string& to = argument.hasDocument ? argument.after : argument.before;
        if (word[i] != '%' || i + 1 == word.size()) {
            to += word[i];
            continue;
        }
        const char code = word[++i];
        if (kDocumentCodes.find(code) != std::string_view::npos)
            argument.hasDocument = true;
        else if (code == '%')
            to += '%';
        else if (code == 'c')
            to += exec.name;
        else if (code == 'k')
            to += exec.desktopFile;
        // Others are deprecated or unknown and stand for nothing.
    }
    return argument;
}

std::string quoted(const std::string& text) {
    const std::unique_ptr<char, decltype([](char* shell) { g_free(shell); })> shell(g_shell_quote(text.c_str()));
    return shell.get();
}

/// `sh -c 'exec program … "$1" …' sh`, to which the document is appended.
std::vector<std::string> throughShell(const std::vector<Argument>& arguments) {
    std::string script = "exec";
    for (const auto& argument : arguments) {
        script += " " + (argument.before.empty() && argument.hasDocument ? std::string() : quoted(argument.before));
        if (argument.hasDocument)
            script += "\"$1\"" + (argument.after.empty() ? std::string() : quoted(argument.after));
    }
    return {"/bin/sh", "-c", script, "sh"};
}

Error notUnderstood(const ExecLine& exec) {
    return makeError(ErrorCode::unsupportedFile,
                     "the desktop's entry for '" + exec.name +
                         "' does not say how to start it; choose another program in the desktop's settings, or "
                         "name one: open FILE -- PROGRAM");
}

} // namespace

Result<std::vector<std::string>> commandOf(const ExecLine& exec) {
    const auto words = wordsOf(exec.line);
    if (!words || words->empty())
        return notUnderstood(exec);
    std::vector<Argument> arguments;
    if (exec.inTerminal)
        arguments = {{kTerminal, "", false}, {"-e", "", false}};
    for (const auto& word : *words) {
        if (word == "%i" && !exec.icon.empty()) {
            arguments.push_back({"--icon", "", false});
            arguments.push_back({exec.icon, "", false});
            continue;
        }
        auto argument = expanded(word, exec);
        if (argument.hasDocument || !argument.before.empty() || word.empty())
            arguments.push_back(std::move(argument));
    }
    const auto wantsDocument = [](const Argument& argument) { return argument.hasDocument; };
    const auto document = std::find_if(arguments.begin(), arguments.end(), wantsDocument);
    // An entry without a document code gets the document at the end, as desktops do.
    if (document != arguments.end() && !(document + 1 == arguments.end() && document->isDocumentAlone()))
        return throughShell(arguments);
    std::vector<std::string> command;
    for (auto argument = arguments.begin(); argument != document; ++argument)
        command.push_back(argument->before);
    if (command.empty())
        return notUnderstood(exec);
    return command;
}

} // namespace ssprotect::platform
