#include "comparison_text.h"

#include <string>

namespace ssprotect::session {
namespace {

std::string lettersOf(std::string_view text) {
    std::string letters;
    for (const char c : text)
        if (c != ' ' && c != '-')
            letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return letters;
}

} // namespace

bool isComparisonCode(std::string_view given, std::string_view code) { return lettersOf(given) == lettersOf(code); }

} // namespace ssprotect::session
