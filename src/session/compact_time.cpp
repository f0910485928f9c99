#include "compact_time.h"

namespace ssprotect::session {

std::string compactTime(TimePoint time) {
    std::string text;
    for (const char c : toIso8601(time)) {
        if (c == '.')
            break;
        if (c != '-' && c != ':')
            text += c;
    }
    return text + "Z";
}

} // namespace ssprotect::session
