#include "attribute_names.h"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

namespace ssprotect::app {

Json attributesJson(const kodiac::AccountAttributes& attributes) {
    Json json = Json::object();
    for (const auto& each : kAttributeNames)
        json[std::string(each.name)] = attributes.*each.value;
    json[std::string(kQuotaName)] = attributes.quotaMegabytes;
    return json;
}

Result<kodiac::AttributeChanges> attributeChanges(const Json* attributes) {
    const auto wrong = [](const std::string& name, std::string_view why) {
        return makeError(ErrorCode::usage, "the attribute '" + name + "' " + std::string(why));
    };
    kodiac::AttributeChanges changes;
    if (attributes == nullptr)
        return changes;
    if (!attributes->is_object())
        return makeError(ErrorCode::usage, "'attributes' must be an object");
    for (const auto& [name, value] : attributes->items()) {
        const auto* found = std::find_if(kAttributeNames.begin(), kAttributeNames.end(),
                                         [&](const AttributeName& each) { return each.name == name; });
        if (found != kAttributeNames.end()) {
            if (!value.is_boolean())
                return wrong(name, "must be true or false");
            changes.*found->change = value.get<bool>();
        } else if (name == kQuotaName) {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<std::int32_t>::max())
                return wrong(name, "must be a whole number of megabytes");
            changes.quotaMegabytes = value.get<std::uint32_t>();
        } else {
            return wrong(name, "is not known");
        }
    }
    return changes;
}

std::vector<std::string> changeTexts(const kodiac::AttributeChanges& changes) {
    std::vector<std::string> texts;
    for (const auto& each : kAttributeNames)
        if (const auto& change = changes.*each.change)
            texts.push_back(std::string(each.name) + (*change ? " on" : " off"));
    if (changes.quotaMegabytes)
        texts.push_back(std::string(kQuotaName) + ' ' + std::to_string(*changes.quotaMegabytes));
    return texts;
}

} // namespace ssprotect::app
