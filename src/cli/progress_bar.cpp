#include "progress_bar.h"

#include "ssprotect/platform/terminal.h"
#include "text.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace ssprotect::cli {
namespace {

constexpr std::size_t kWidestBar = 30;
constexpr std::size_t kNarrowestBar = 8;

double shareOf(const Progress& progress) {
    const bool ofBytes = progress.bytesTotal > 0;
    const auto total = static_cast<double>(ofBytes ? progress.bytesTotal : progress.filesTotal);
    const auto done = static_cast<double>(ofBytes ? progress.bytesDone : progress.filesDone);
    return total <= 0 ? 0 : std::clamp(done / total, 0.0, 1.0);
}

std::string bar(double share, std::size_t width) {
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(width));
    return '[' + std::string(filled, '#') + std::string(width - filled, '.') + ']';
}

} // namespace

std::string progressLine(std::string_view label, const Progress& progress, std::size_t width) {
    const auto share = shareOf(progress);
    std::string line = std::string(label) + ' ' + std::to_string(static_cast<int>(share * 100)) + '%';
    std::vector<std::string> parts{numberText(progress.filesDone) + '/' + countText(progress.filesTotal, "file")};
    parts.push_back(sizeText(progress.bytesDone) + " of " + sizeText(progress.bytesTotal));
    if (progress.bytesPerSecond > 0) {
        parts.push_back(sizeText(progress.bytesPerSecond) + "/s");
        parts.push_back(durationText(progress.secondsLeft) + " left");
    }
    for (const auto& part : parts) {
        if (columnsOf(line) + 2 + columnsOf(part) > width)
            break;
        line += "  " + part;
    }
    const auto used = columnsOf(line) + 3;
    if (used + kNarrowestBar <= width)
        line.insert(label.size() + 1, bar(share, std::min(kWidestBar, width - used)) + ' ');
    return columnsOf(line) <= width ? line : std::string();
}

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), onTerminal_(platform::isTerminal(platform::StandardStream::error)) {}

void ProgressBar::show(const Progress& progress) {
    if (!onTerminal_)
        return;
    // One column free: some terminals wrap when the last one is written.
    const std::size_t width = platform::terminalWidth(platform::StandardStream::error) - 1;
    const auto line = "\r" + progressLine(label_, progress, width) + "\x1b[K";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::clear() {
    if (!drawn_)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
}

} // namespace ssprotect::cli
