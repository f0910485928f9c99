#include "json_line.h"

#include "ssprotect/base/clock.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace ssprotect {
namespace {

using Object = nlohmann::ordered_json;

bool isName(std::string_view text) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), isLetter);
}

Object valueOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size())
        return number;
    return std::string(text);
}

/// Words before the first `name=value` are the event; a word without `=` after it belongs to the value before.
class Words {
public:
    explicit Words(Object& to) : to_(to) {}

    void take(std::string_view word) {
        const auto equals = word.find('=');
        if (equals != std::string_view::npos && isName(word.substr(0, equals))) {
            finish();
            name_ = word.substr(0, equals);
            text_ = word.substr(equals + 1);
            return;
        }
        text_ += (text_.empty() ? "" : " ") + std::string(word);
    }
    void finish() {
        // The names that every line has are not a message's to give.
        to_[to_.contains(name_) ? name_ + "_" : name_] = valueOf(text_);
    }

private:
    Object& to_;
    std::string name_ = "event";
    std::string text_;
};

void takeWords(std::string_view text, Object& to) {
    Words words(to);
    while (!text.empty()) {
        const auto end = text.find(' ');
        words.take(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    words.finish();
}

} // namespace

void JsonLine::format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) {
    Object line;
    line["time"] = toIso8601(std::chrono::time_point_cast<Duration>(message.time));
    const auto level = spdlog::level::to_string_view(message.level);
    line["level"] = std::string(level.data(), level.size());
    takeWords({message.payload.data(), message.payload.size()}, line);
    const std::string text = line.dump(-1, ' ', false, Object::error_handler_t::replace) + '\n';
    to.append(text.data(), text.data() + text.size());
}

} // namespace ssprotect
