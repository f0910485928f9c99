#include "completion.h"

#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

/// One command as a shell sees it: "keys export", and the words that may follow.
struct Node {
    std::string path;                                          ///< empty: the program itself
    std::vector<std::pair<std::string, std::string>> commands; ///< with their help
    std::vector<std::pair<std::string, std::string>> options;  ///< "--json", with help
    std::vector<std::string> choices;                          ///< values of a positional that has a fixed set
    bool files = false;                                        ///< takes paths
};

void addOptions(Node& node, const CLI::App& app) {
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            node.options.emplace_back("--" + name, option->get_description());
        for (const auto& name : option->get_snames())
            node.options.emplace_back("-" + name, option->get_description());
        const auto& positional = option->get_name(true);
        node.files = node.files || positional == "PATH" || positional == "FILE" || positional == "TARGET";
        if (positional == "SHELL")
            node.choices = {"bash", "zsh", "fish"};
    }
}

void collect(const CLI::App& app, const std::string& path, std::vector<Node>& nodes) {
    Node node;
    node.path = path;
    addOptions(node, app);
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    for (const auto* command : commands)
        node.commands.emplace_back(command->get_name(), command->get_description());
    nodes.push_back(std::move(node));
    for (const auto* command : commands)
        collect(*command, path.empty() ? command->get_name() : path + ' ' + command->get_name(), nodes);
}

std::string words(const Node& node) {
    std::string text;
    for (const auto& [command, help] : node.commands)
        text += command + ' ';
    for (const auto& choice : node.choices)
        text += choice + ' ';
    for (const auto& [option, help] : node.options)
        text += option + ' ';
    return text;
}

/// The options that are understood anywhere on the line.
std::string everywhere(const std::vector<Node>& nodes) {
    std::string text;
    for (const auto& [option, help] : nodes.front().options) {
        if (option != "--version")
            text += option + ' ';
    }
    return text;
}

/// Inside single quotes of any of the three shells.
std::string withoutQuotes(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c == '\'' ? "’" : std::string(1, c);
    return result;
}

std::string bashScript(const std::vector<Node>& nodes) {
    std::string script = "# bash completion for ssprotect\n"
                         "_ssprotect() {\n"
                         "    local current=\"${COMP_WORDS[COMP_CWORD]}\" path='' word words='' files=''\n"
                         "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                         "        case \"$word\" in -*) continue ;; esac\n"
                         "        case \"${path:+$path }$word\" in\n";
    for (const auto& node : nodes) {
        if (!node.path.empty())
            script += "        '" + node.path + "') path='" + node.path + "' ;;\n";
    }
    script += "        esac\n"
              "    done\n"
              "    case \"$path\" in\n";
    for (const auto& node : nodes)
        script += "    '" + node.path + "') words='" + words(node) + "' files='" + (node.files ? "yes" : "") + "' ;;\n";
    script += "    esac\n"
              "    COMPREPLY=($(compgen -W \"$words " +
              everywhere(nodes) +
              "\" -- \"$current\"))\n"
              "    [ -z \"$files\" ] || { compopt -o filenames; mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < "
              "<(compgen -f -- \"$current\"); }\n"
              "}\n"
              "complete -o bashdefault -F _ssprotect ssprotect\n";
    return script;
}

std::string zshScript(const std::vector<Node>& nodes) {
    std::string script = "#compdef ssprotect\n"
                         "_ssprotect() {\n"
                         "    local at='' word files=''\n"
                         "    local -a found\n"
                         "    for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
                         "        [[ $word == -* ]] && continue\n"
                         "        case \"${at:+$at }$word\" in\n";
    for (const auto& node : nodes) {
        if (!node.path.empty())
            script += "        '" + node.path + "') at='" + node.path + "' ;;\n";
    }
    script += "        esac\n"
              "    done\n"
              "    case \"$at\" in\n";
    for (const auto& node : nodes) {
        script += "    '" + node.path + "') found=(";
        for (const auto* list : {&node.commands, &node.options}) {
            for (const auto& [word, help] : *list)
                script += "'" + word + ":" + withoutQuotes(help) + "' ";
        }
        for (const auto& choice : node.choices)
            script += choice + ' ';
        script += std::string(")") + (node.files ? " files=yes" : "") + " ;;\n";
    }
    script += "    esac\n"
              "    _describe 'ssprotect' found\n"
              "    compadd -- " +
              everywhere(nodes) +
              "\n"
              "    [[ -z $files ]] || _files\n"
              "}\n"
              "if [ \"${funcstack[1]}\" = _ssprotect ]; then _ssprotect; else compdef _ssprotect ssprotect; fi\n";
    return script;
}

std::string fishScript(const std::vector<Node>& nodes) {
    std::string script = "# fish completion for ssprotect\n"
                         "function __ssprotect_at\n"
                         "    set -l at ''\n"
                         "    for word in (commandline -opc)[2..-1]\n"
                         "        string match -q -- '-*' $word; and continue\n"
                         "        switch (string trim \"$at $word\")\n";
    for (const auto& node : nodes) {
        if (!node.path.empty())
            script += "            case '" + node.path + "'\n                set at '" + node.path + "'\n";
    }
    script += "        end\n"
              "    end\n"
              "    test \"$at\" = \"$argv[1]\"\n"
              "end\n"
              "complete -c ssprotect -f\n";
    for (const auto& node : nodes) {
        const auto line = "complete -c ssprotect -n \"__ssprotect_at '" + node.path + "'\"";
        for (const auto& [command, help] : node.commands)
            script += line + " -a " + command + " -d '" + withoutQuotes(help) + "'\n";
        for (const auto& choice : node.choices)
            script += line + " -a " + choice + '\n';
        for (const auto& [option, help] : node.options)
            script += line + (option.starts_with("--") ? " -l " + option.substr(2) : " -s " + option.substr(1)) +
                      " -d '" + withoutQuotes(help) + "'\n";
        if (node.files)
            script += line + " -F\n";
    }
    return script;
}

} // namespace

std::string completionScript(const CLI::App& app, const std::string& shell) {
    std::vector<Node> nodes;
    collect(app, {}, nodes);
    if (shell == "zsh")
        return zshScript(nodes);
    return shell == "fish" ? fishScript(nodes) : bashScript(nodes);
}

Outcome printCompletion(Context& context, const CLI::App& app, const std::string& shell) {
    const auto script = completionScript(app, shell);
    context.output.text(script);
    context.output.object({{"shell", shell}, {"script", script}});
    return kDone;
}

} // namespace ssprotect::cli
