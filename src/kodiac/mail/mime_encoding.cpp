#include "mime_encoding.h"

#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ssprotect::kodiac::mail {
namespace {

constexpr std::size_t kLongestPlainHeader = 60;
// An encoded-word has 75 characters at most: =?UTF-8?B? and ?= leave 63, which is 45 bytes in base64.
constexpr std::size_t kEncodedWordBytes = 45;
constexpr std::size_t kLongestLine = 76;

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool isPlain(char c) {
    const bool letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letterOrDigit || std::string_view(" !#$%&'*+-/^_`{|}~").find(c) != std::string_view::npos;
}

std::string_view headOf(std::string_view text) {
    std::size_t size = std::min(text.size(), kEncodedWordBytes);
    while (size < text.size() && size > 1 && isContinuation(text[size]))
        --size;
    return text.substr(0, size);
}

/// One line of quoted-printable as it grows.
class QuotedLine {
public:
    explicit QuotedLine(WipedBytes& to) : to_(to) {}

    void add(std::string_view piece) {
        if (used_ + piece.size() > kLongestLine - 1) {
            put("=\r\n");
            used_ = 0;
        }
        put(piece);
        used_ += piece.size();
    }
    void end() {
        put("\r\n");
        used_ = 0;
    }

private:
    void put(std::string_view text) { to_.insert(to_.end(), text.begin(), text.end()); }

    WipedBytes& to_;
    std::size_t used_ = 0;
};

void addEncoded(QuotedLine& line, char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const std::array<char, 3> code{'=', kDigits[byte >> 4], kDigits[byte & 15]};
    line.add({code.data(), code.size()});
}

} // namespace

bool hasControlCharacter(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

std::string encodedHeaderText(std::string_view text) {
    if (text.size() <= kLongestPlainHeader && std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string encoded;
    while (!text.empty()) {
        const auto head = headOf(text);
        text.remove_prefix(head.size());
        encoded += (encoded.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + toBase64(viewOf(head)) + "?=";
    }
    return encoded;
}

void appendQuotedPrintable(WipedBytes& to, std::string_view text) {
    QuotedLine line(to);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool last = i + 1 == text.size() || text[i + 1] == '\n';
        const bool space = c == ' ' || c == '\t';
        if (c == '\n')
            line.end();
        else if ((c > ' ' && c <= '~' && c != '=') || (space && !last))
            line.add({&c, 1});
        else
            addEncoded(line, c);
    }
    if (!text.empty() && text.back() != '\n')
        line.end();
}

std::string mailDate(TimePoint time) {
    using namespace std::chrono;
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time - day)};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  kDays.at(weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                  kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

} // namespace ssprotect::kodiac::mail
