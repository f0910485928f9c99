#pragma once

#include "context.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ssprotect::cli {

/// A command with its options read, ready to run.
using Command = std::function<Outcome(Context&)>;

/// The commands, their options and their help (spec, *Command line*), and what the person chose of them.
class CommandLine {
public:
    CommandLine();
    ~CommandLine();

    /// Reads the arguments. False: there is nothing to run, `exitCode` and `message` say why.
    bool parse(std::vector<std::string> arguments);

    bool json() const { return json_; }
    bool passwordFromStdin() const { return passwordFromStdin_; }
    const Command& command() const { return command_; }
    /// `message` is help or a version (exit code 0), or what is wrong with the arguments (2).
    int exitCode() const { return exitCode_; }
    const std::string& message() const { return message_; }

    CLI::App& app() { return *app_; }

private:
    void addAccountCommands();
    void addSessionCommands();
    void addFileCommands();
    void addOpenCommands();
    void addListCommands();
    void addSafetyCommands();
    void addUserCommands();
    void addUserEditing(CLI::App& users);
    void addUserFiles(CLI::App& users);
    void addPolicyCommands();
    void addLockCommands();
    void addHostCommands();
    void addReportCommands();
    void addShellCommands();
    CLI::App* addCommand(const std::string& group, const std::string& name, const std::string& help);
    CLI::App* addPart(CLI::App& parent, const std::string& name, const std::string& help);
    void onChosen(CLI::App* command, Command run);

    std::unique_ptr<CLI::App> app_;
    bool json_ = false;
    bool passwordFromStdin_ = false;
    std::vector<std::string> program_; ///< what follows `--` after `open`
    Command command_;
    int exitCode_ = kDone;
    std::string message_;
};

} // namespace ssprotect::cli
