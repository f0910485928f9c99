#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ssprotect::cli {

struct Progress {
    std::uint64_t filesDone = 0;
    std::uint64_t filesTotal = 0;
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;
    std::uint64_t bytesPerSecond = 0;
    std::uint64_t secondsLeft = 0;
};

/// One line of at most `width` columns; what does not fit is left away, the share of the bytes last.
std::string progressLine(std::string_view label, const Progress& progress, std::size_t width);

/// Draws that line on stderr and takes it away again, when stderr is a terminal; else does nothing.
class ProgressBar {
public:
    explicit ProgressBar(std::string label);
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(const Progress& progress);
    /// Before anything else is written to the terminal.
    void clear();

private:
    std::string label_;
    bool onTerminal_;
    bool drawn_ = false;
};

} // namespace ssprotect::cli
