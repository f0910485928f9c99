#pragma once

#include "environment.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ssprotect::kodiacd {

/// A subcommand with its options read, ready to run.
using Command = std::function<Status(const Environment&)>;

/// The subcommands, their options and their help (spec, *Command line*), and what the operator chose of them.
class CommandLine {
public:
    CommandLine();
    ~CommandLine();

    /// Reads the arguments. False: there is nothing to run, `exitCode` and `message` say why.
    bool parse(std::vector<std::string> arguments);

    const Command& command() const { return command_; }
    /// `message` is help or a version (exit code 0), or what is wrong with the arguments (2).
    int exitCode() const { return exitCode_; }
    const std::string& message() const { return message_; }

private:
    void addInit();
    void addServe();
    void addOrganizations();
    void addSupport();
    void addUpkeep();
    void addBackups();
    void addMails();
    void addAuthorities();

    std::unique_ptr<CLI::App> app_;
    Command command_;
    int exitCode_ = 0;
    std::string message_;
};

} // namespace ssprotect::kodiacd
