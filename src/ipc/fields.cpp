#include "ssprotect/ipc/fields.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

constexpr std::uint64_t kNumberLimit = std::uint64_t{1} << 53;

bool isText(const Json& value) { return value.is_string(); }
bool isFlag(const Json& value) { return value.is_boolean(); }
bool isAny(const Json&) { return true; }
bool isNumber(const Json& value) {
    // An int that C++ put in is signed, one that was parsed is not.
    return value.is_number_integer() && (value.is_number_unsigned() || value.get<std::int64_t>() >= 0) &&
           value.get<std::uint64_t>() <= kNumberLimit;
}
bool isTexts(const Json& value) { return value.is_array() && std::all_of(value.begin(), value.end(), isText); }
bool isObjects(const Json& value) {
    return value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_object(); });
}

} // namespace

Fields::Fields(const Json& object) : object_(object) {
    if (!object.is_object())
        fault("an object is expected");
}

const Json* Fields::find(std::string_view name, bool required, std::string_view kind, bool (*is)(const Json&)) {
    known_.emplace_back(name);
    if (!object_.is_object())
        return nullptr;
    const auto member = object_.find(name);
    if (member == object_.end() || member->is_null()) {
        if (required)
            fault("'" + std::string(name) + "' is missing");
        return nullptr;
    }
    if (!is(*member)) {
        fault("'" + std::string(name) + "' is not " + std::string(kind));
        return nullptr;
    }
    return &*member;
}

void Fields::fault(std::string message) {
    if (!fault_)
        fault_ = std::move(message);
}

std::string Fields::text(std::string_view name) {
    const auto* member = find(name, true, "a text", isText);
    return member ? member->get<std::string>() : std::string();
}

std::optional<std::string> Fields::optionalText(std::string_view name) {
    const auto* member = find(name, false, "a text", isText);
    return member ? std::optional(member->get<std::string>()) : std::nullopt;
}

bool Fields::flag(std::string_view name) {
    const auto* member = find(name, true, "true or false", isFlag);
    return member != nullptr && member->get<bool>();
}

bool Fields::flag(std::string_view name, bool otherwise) { return optionalFlag(name).value_or(otherwise); }

std::optional<bool> Fields::optionalFlag(std::string_view name) {
    const auto* member = find(name, false, "true or false", isFlag);
    return member ? std::optional(member->get<bool>()) : std::nullopt;
}

std::uint64_t Fields::number(std::string_view name) {
    const auto* member = find(name, true, "a whole number", isNumber);
    return member ? member->get<std::uint64_t>() : 0;
}

std::optional<std::uint64_t> Fields::optionalNumber(std::string_view name) {
    const auto* member = find(name, false, "a whole number", isNumber);
    return member ? std::optional(member->get<std::uint64_t>()) : std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view name) {
    const auto* member = find(name, true, "a list of texts", isTexts);
    return member ? member->get<std::vector<std::string>>() : std::vector<std::string>();
}

std::vector<std::string> Fields::optionalTexts(std::string_view name) {
    const auto* member = find(name, false, "a list of texts", isTexts);
    return member ? member->get<std::vector<std::string>>() : std::vector<std::string>();
}

std::vector<const Json*> Fields::objects(std::string_view name) {
    std::vector<const Json*> elements;
    if (const auto* member = find(name, true, "a list of objects", isObjects)) {
        for (const auto& element : *member)
            elements.push_back(&element);
    }
    return elements;
}

const Json* Fields::any(std::string_view name) { return find(name, false, "", isAny); }

Status Fields::complete() const {
    if (fault_)
        return makeError(ErrorCode::invalidInput, *fault_);
    for (const auto& member : object_.items()) {
        if (std::find(known_.begin(), known_.end(), member.key()) == known_.end())
            return makeError(ErrorCode::invalidInput, "'" + member.key().substr(0, 64) + "' is not known here");
    }
    return {};
}

Status Fields::usable() const {
    if (fault_)
        return makeError(ErrorCode::invalidInput, *fault_);
    return {};
}

} // namespace ssprotect::ipc
