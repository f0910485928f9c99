#include "configuration.h"

#include "configuration_fields.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiacd {
namespace {

using Object = nlohmann::ordered_json;

constexpr double kHighestRate = 1'000'000;

Error invalid(const std::string& what) {
    return makeError(ErrorCode::invalidInput, "the configuration is not usable: " + what);
}

class Reader {
public:
    Reader(const Object& object, std::string prefix, std::optional<Error>& error)
        : object_(object), prefix_(std::move(prefix)), error_(error) {}

    void text(const char* name, std::string& to) {
        if (const Object* value = take(name, "text", &Object::is_string)) {
            to = value->get<std::string>();
            if (to.find('\0') != std::string::npos)
                refuse(name, "has a NUL in it");
        }
    }
    void texts(const char* name, std::vector<std::string>& to) {
        const Object* value = take(name, "a list of texts", &Object::is_array);
        if (value == nullptr)
            return;
        to.clear();
        for (const Object& each : *value) {
            if (!each.is_string())
                return refuse(name, "is a list of texts");
            to.push_back(each.get<std::string>());
        }
    }
    void flag(const char* name, bool& to) {
        if (const Object* value = take(name, "true or false", &Object::is_boolean))
            to = value->get<bool>();
    }
    template <class Number> void number(const char* name, Number& to, std::uint64_t least, std::uint64_t most) {
        const Object* value = take(name, "a whole number", &Object::is_number_unsigned);
        if (value == nullptr)
            return;
        const auto read = value->get<std::uint64_t>();
        if (read < least || read > most)
            return refuse(name, "lies between " + std::to_string(least) + " and " + std::to_string(most));
        to = static_cast<Number>(read);
    }
    void rate(const char* name, double& to) {
        const Object* value = take(name, "a number", &Object::is_number);
        if (value == nullptr)
            return;
        const auto read = value->get<double>();
        if (!std::isfinite(read) || read <= 0 || read > kHighestRate)
            return refuse(name, "is above 0 and not above 1000000");
        to = read;
    }
    void time(const char* name, Duration& to, Duration unit, Duration least, Duration most) {
        auto count = static_cast<std::uint64_t>(to / unit);
        number(name, count, static_cast<std::uint64_t>(least / unit), static_cast<std::uint64_t>(most / unit));
        to = unit * static_cast<Duration::rep>(count);
    }
    template <class Visit> void section(const char* name, Visit visit) {
        static const Object nothing = Object::object();
        const Object* value = take(name, "an object", &Object::is_object);
        Reader inner(value == nullptr ? nothing : *value, prefix_ + name + ".", error_);
        visit(inner);
        inner.finish();
    }
    void finish() {
        for (const auto& [name, value] : object_.items())
            if (!known_.contains(name))
                refuse(name, "is no setting");
    }

private:
    const Object* take(const char* name, const char* what, bool (Object::*is)() const noexcept) {
        known_.insert(name);
        const auto found = object_.find(name);
        if (found == object_.end())
            return nullptr;
        if ((*found.*is)())
            return &*found;
        refuse(name, std::string("is ") + what);
        return nullptr;
    }
    void refuse(const std::string& name, const std::string& why) {
        if (!error_)
            error_ = invalid("'" + prefix_ + name + "' " + why);
    }

    const Object& object_;
    std::string prefix_;
    std::optional<Error>& error_;
    std::set<std::string, std::less<>> known_;
};

class Writer {
public:
    explicit Writer(Object& object) : object_(object) {}

    void text(const char* name, const std::string& from) { object_[name] = from; }
    void texts(const char* name, const std::vector<std::string>& from) { object_[name] = from; }
    void flag(const char* name, bool from) { object_[name] = from; }
    template <class Number> void number(const char* name, Number from, std::uint64_t, std::uint64_t) {
        object_[name] = from;
    }
    void rate(const char* name, double from) { object_[name] = from; }
    void time(const char* name, Duration from, Duration unit, Duration, Duration) { object_[name] = from / unit; }
    template <class Visit> void section(const char* name, Visit visit) {
        Writer inner(object_[name] = Object::object());
        visit(inner);
    }

private:
    Object& object_;
};

/// JSON that names a member twice means nothing certain.
Result<Object> parseStrictly(std::string_view text) {
    std::vector<std::set<std::string>> names;
    std::string twice;
    const Object::parser_callback_t callback = [&](int, Object::parse_event_t event, Object& parsed) {
        if (event == Object::parse_event_t::object_start)
            names.emplace_back();
        else if (event == Object::parse_event_t::object_end)
            names.pop_back();
        else if (event == Object::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
            twice = parsed.get<std::string>();
        return true;
    };
    try {
        Object parsed = Object::parse(text.begin(), text.end(), callback);
        if (!twice.empty())
            return invalid("'" + twice + "' stands there twice");
        if (!parsed.is_object())
            return invalid("it is one JSON object");
        return parsed;
    } catch (const Object::exception& error) {
        return invalid(std::string("it is no JSON (") + error.what() + ")");
    }
}

} // namespace

Result<Configuration> parseConfiguration(std::string_view text) {
    auto object = parseStrictly(text);
    if (!object)
        return std::move(object).error();
    Configuration configuration;
    std::optional<Error> error;
    Reader reader(*object, "", error);
    visitConfiguration(reader, configuration);
    reader.finish();
    if (error)
        return std::move(*error);
    if (auto listen = parseListenAddress(configuration.listen); !listen)
        return std::move(listen).error();
    return configuration;
}

std::string configurationText(const Configuration& configuration) {
    Object object = Object::object();
    Writer writer(object);
    Configuration copy = configuration; // one description serves reading too
    visitConfiguration(writer, copy);
    return object.dump(2, ' ', false, Object::error_handler_t::replace) + '\n';
}

Result<ListenAddress> parseListenAddress(std::string_view text) {
    const auto colon = text.rfind(':');
    ListenAddress listen;
    if (colon != std::string_view::npos) {
        std::string_view address = text.substr(0, colon);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        else if (address.find(':') != std::string_view::npos)
            address = {};
        listen.address = address;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, listen.port);
        if (!listen.address.empty() && error == std::errc() && stop == end && colon + 1 < text.size())
            return listen;
    }
    return makeError(ErrorCode::invalidInput,
                     "the address to listen at is written 192.0.2.1:8443, or [2001:db8::1]:8443 for IPv6");
}

} // namespace ssprotect::kodiacd
