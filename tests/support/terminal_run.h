#pragma once

#include <map>
#include <string>
#include <vector>

namespace ssprotect::support {

/// A program on a terminal, with a person at its keys.
class TerminalRun {
public:
    TerminalRun(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment);
    ~TerminalRun();
    TerminalRun(const TerminalRun&) = delete;
    TerminalRun& operator=(const TerminalRun&) = delete;

    /// Reads on until the terminal has shown `text` after what was waited for last; false when it never does.
    bool waitFor(const std::string& text);
    void type(const std::string& keys) const;
    /// The exit code, 128 + signal when one ended it.
    int wait();
    /// All that the terminal has shown so far.
    const std::string& shown() const { return shown_; }

private:
    bool readSome();

    int process_ = -1;
    int keys_ = -1;
    std::string shown_;
    std::size_t seen_ = 0;
};

} // namespace ssprotect::support
