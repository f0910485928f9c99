#include "ssprotect/twofactor/oath_seed.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace ssprotect::twofactor {
namespace {

constexpr std::string_view kScheme = "otpauth://";
constexpr std::string_view kCounted = "hotp/";
constexpr std::size_t kLongestText = 4096;
constexpr std::uint64_t kHighestCounter = std::uint64_t{1} << 53;
constexpr unsigned kBitsPerLetter = 5;

Error invalid(const char* message) { return makeError(ErrorCode::invalidInput, message); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalWords(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool startsWith(std::string_view text, std::string_view word) { return equalWords(text.substr(0, word.size()), word); }

// RFC 4648, section 6.
std::optional<unsigned> valueOf(char letter) {
    const char c = lower(letter);
    if (c >= 'a' && c <= 'z')
        return static_cast<unsigned>(c - 'a');
    if (c >= '2' && c <= '7')
        return static_cast<unsigned>(c - '2') + 26;
    return std::nullopt;
}

std::string_view withoutPadding(std::string_view text) {
    for (;;)
        if (text.ends_with('='))
            text.remove_suffix(1);
        else if (text.size() >= 3 && startsWith(text.substr(text.size() - 3), "%3d"))
            text.remove_suffix(3);
        else
            return text;
}

// Straight into memory that is wiped.
Result<crypto::SecretBytes> secretOf(std::string_view text) {
    crypto::SecretBytes buffer(kMostSeed);
    std::size_t size = 0;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : withoutPadding(text)) {
        if (c == ' ' || c == '-')
            continue;
        const auto value = valueOf(c);
        if (!value)
            return invalid("a token's secret is written with the letters A to Z and the digits 2 to 7");
        bits = (bits << kBitsPerLetter | *value) & 0xfff;
        count += kBitsPerLetter;
        if (count < 8)
            continue;
        count -= 8;
        if (size == kMostSeed)
            return invalid("a token's secret has 64 bytes at most");
        buffer.bytes()[size++] = static_cast<Byte>(bits >> count);
    }
    if (count >= kBitsPerLetter || (bits & ((1u << count) - 1)) != 0)
        return invalid("a token's secret ends in the middle; copy the whole of it");
    if (size < kLeastSeed)
        return invalid("a token's secret has at least 16 bytes, 26 letters; shorter ones are not safe");
    return crypto::SecretBytes::copyOf(buffer.view().first(size));
}

template <class Integer> std::optional<Integer> numberOf(std::string_view text, Integer least, Integer most) {
    Integer number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    const bool good = fault == std::errc() && stop == end && number >= least && number <= most;
    return good ? std::optional(number) : std::nullopt;
}

/// The parameters of the address that matter.
struct Parameters {
    std::optional<std::string_view> secret, digits, counter, algorithm;

    std::optional<std::string_view>* named(std::string_view name) {
        if (equalWords(name, "secret"))
            return &secret;
        if (equalWords(name, "digits"))
            return &digits;
        if (equalWords(name, "counter"))
            return &counter;
        return equalWords(name, "algorithm") ? &algorithm : nullptr;
    }
};

Result<Parameters> parametersOf(std::string_view query) {
    Parameters parameters;
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        const auto equals = pair.find('=');
        auto* value = parameters.named(pair.substr(0, equals));
        if (value == nullptr)
            continue;
        if (*value || equals == std::string_view::npos)
            return invalid("the token's address names a parameter twice, or without a value");
        *value = pair.substr(equals + 1);
    }
    return parameters;
}

Result<OathSeed> seedOfAddress(std::string_view address) {
    if (!startsWith(address, kCounted))
        return invalid("only tokens that count presses serve here (otpauth://hotp), not those with a clock");
    const auto mark = address.find('?');
    auto parameters = parametersOf(mark == std::string_view::npos ? std::string_view() : address.substr(mark + 1));
    if (!parameters)
        return std::move(parameters).error();
    if (!parameters->secret)
        return invalid("the token's address has no secret");
    if (parameters->algorithm && !equalWords(*parameters->algorithm, "SHA1"))
        return invalid("only tokens of RFC 4226 serve here, with SHA1");
    const auto digits = numberOf<std::uint32_t>(parameters->digits.value_or("6"), 6, 8);
    const auto counter = numberOf<std::uint64_t>(parameters->counter.value_or("0"), 0, kHighestCounter);
    if (!digits || !counter)
        return invalid("a token gives codes of 6 to 8 digits, and its counter is a whole number up to 2^53");
    auto secret = secretOf(*parameters->secret);
    if (!secret)
        return std::move(secret).error();
    return OathSeed{std::move(*secret), *digits, *counter};
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

} // namespace

Result<OathSeed> parseOathSeed(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kLongestText)
        return invalid("give the token's otpauth:// address, or its secret in base32");
    if (startsWith(text, kScheme))
        return seedOfAddress(text.substr(kScheme.size()));
    auto secret = secretOf(text);
    if (!secret)
        return std::move(secret).error();
    OathSeed seed;
    seed.secret = std::move(*secret);
    return seed;
}

} // namespace ssprotect::twofactor
