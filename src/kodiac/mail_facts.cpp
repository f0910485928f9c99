#include "mail_facts.h"

#include "ssprotect/base/json.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kLongestFact = 1000;

bool isControl(unsigned char c) { return c < 0x20 || c == 0x7F; }

// U+0080 to U+009F, and the separators U+2028 and U+2029, which some readers take for line ends.
bool hasHiddenBreak(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto rest = text.substr(i);
        if (rest[0] == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0)
            return true;
        if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9"))
            return true;
    }
    return false;
}

bool isLine(std::string_view text) {
    return text.size() <= kLongestFact && std::none_of(text.begin(), text.end(), isControl) && !hasHiddenBreak(text);
}

template <class List> bool contains(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isKnownWord(std::string_view name, std::string_view value) {
    const bool closed = name == fact::kRole || name == fact::kChange;
    return !closed || contains(wordsOfFact(name), value);
}

} // namespace

bool isMailLine(std::string_view text) { return isLine(text) && factsText({{"", std::string(text)}}).has_value(); }

bool factsFit(MailKind kind, const MailFacts& facts) {
    const auto needed = factsOf(kind);
    const bool complete = std::all_of(needed.begin(), needed.end(), [&](auto name) { return facts.contains(name); });
    return complete && std::all_of(facts.begin(), facts.end(), [&](const auto& each) {
               const auto& [name, value] = each;
               return (contains(needed, name) || name == fact::kLanguage) && isLine(value) && isKnownWord(name, value);
           });
}

std::optional<std::string> factsText(const MailFacts& facts) {
    try {
        return Json(facts).dump();
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::optional<MailFacts> factsFrom(std::string_view text) {
    const Json object = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    MailFacts facts;
    for (const auto& [name, value] : object.items()) {
        if (!value.is_string())
            return std::nullopt;
        facts[name] = value.get<std::string>();
    }
    return facts;
}

std::optional<TimePoint> expiryIn(const MailFacts& facts) {
    const auto found = facts.find(fact::kExpires);
    if (found == facts.end())
        return std::nullopt;
    std::int64_t millis = 0;
    const char* const end = found->second.data() + found->second.size();
    if (const auto read = std::from_chars(found->second.data(), end, millis); read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return fromUnixMillis(millis);
}

std::string expiryText(TimePoint expires) { return std::to_string(toUnixMillis(expires)); }

} // namespace ssprotect::kodiac
