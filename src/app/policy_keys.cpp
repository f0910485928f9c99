#include "policy_keys.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

using Policy = kodiac::ShowPolicy::Response;
using Changes = kodiac::SetPolicy::Request;

Error badValue(std::string_view key, std::string_view value, std::string_view wanted) {
    return makeError(ErrorCode::usage,
                     std::string(key) + ": '" + std::string(value) + "' is no value; give " + std::string(wanted));
}

Result<bool> onOrOff(std::string_view key, std::string_view value) {
    if (value == "on" || value == "yes" || value == "true")
        return true;
    if (value == "off" || value == "no" || value == "false")
        return false;
    return badValue(key, value, "on or off");
}

Result<std::uint32_t> number(std::string_view key, std::string_view value) {
    std::uint32_t result = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (failed != std::errc() || end != value.data() + value.size() ||
        result > static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max()))
        return badValue(key, value, "a whole number");
    return result;
}

/// A key that can be set: how its value goes into the request, which begins as the policies are.
struct Key {
    std::string_view name;
    std::function<Status(std::string_view key, std::string_view value, const Policy& present, Changes& changes)> set;
};

kodiac::SignUpRules& signUp(const Policy& present, Changes& changes) {
    return changes.signUp ? *changes.signUp : changes.signUp.emplace(present.signUp);
}
kodiac::PasswordRules& password(const Policy& present, Changes& changes) {
    return changes.password ? *changes.password : changes.password.emplace(present.password);
}

template <class Record>
Key numberIn(std::string_view name, Record& (*record)(const Policy&, Changes&), std::uint32_t Record::*member) {
    return {name, [record, member](auto key, auto value, const Policy& present, Changes& changes) -> Status {
                auto parsed = number(key, value);
                if (!parsed)
                    return std::move(parsed).error();
                record(present, changes).*member = *parsed;
                return {};
            }};
}

Key switchOf(std::string_view name, std::optional<bool> Changes::*member) {
    return {name, [member](auto key, auto value, const Policy&, Changes& changes) -> Status {
                auto parsed = onOrOff(key, value);
                if (!parsed)
                    return std::move(parsed).error();
                changes.*member = *parsed;
                return {};
            }};
}

Status setSignUp(std::string_view key, std::string_view value, const Policy& present, Changes& changes) {
    auto parsed = onOrOff(key, value);
    if (!parsed)
        return std::move(parsed).error();
    signUp(present, changes).allowed = *parsed;
    return {};
}

Status setRetention(std::string_view key, std::string_view value, const Policy&, Changes& changes) {
    if (value == "off" || value == "all") {
        changes.retainVersions = 0;
        return {};
    }
    auto parsed = number(key, value);
    if (!parsed)
        return std::move(parsed).error();
    changes.retainVersions = *parsed;
    return {};
}

Status changePasswordsNow(std::string_view key, std::string_view value, const Policy&, Changes& changes) {
    if (value != "now")
        return badValue(key, value, "now");
    changes.changePasswordsNow = true;
    return {};
}

const std::array<Key, 12>& keys() {
    static const std::array<Key, 12> all{
        Key{"sign-up", setSignUp},
        numberIn("sign-up-total", signUp, &kodiac::SignUpRules::mostTotal),
        numberIn("sign-up-pending", signUp, &kodiac::SignUpRules::mostPending),
        numberIn("password-length", password, &kodiac::PasswordRules::leastLength),
        numberIn("password-classes", password, &kodiac::PasswordRules::leastClasses),
        numberIn("password-days", password, &kodiac::PasswordRules::mostDays),
        numberIn("password-history", password, &kodiac::PasswordRules::history),
        Key{"password-change", changePasswordsNow},
        switchOf("token", &Changes::token),
        switchOf("split-vchains", &Changes::splitVersionChains),
        switchOf("move-splits", &Changes::moveSplits),
        Key{"retention", setRetention},
    };
    return all;
}

} // namespace

Json policyJson(const Policy& policy) {
    return {{"sign-up", policy.signUp.allowed},
            {"sign-up-total", policy.signUp.mostTotal},
            {"sign-up-pending", policy.signUp.mostPending},
            {"password-length", policy.password.leastLength},
            {"password-classes", policy.password.leastClasses},
            {"password-days", policy.password.mostDays},
            {"password-history", policy.password.history},
            {"token", policy.token},
            {"split-vchains", policy.splitVersionChains},
            {"move-splits", policy.moveSplits},
            {"retention", policy.retainVersions},
            {"quota-mb", policy.quotaMegabytes}};
}

Result<Changes> policyChanges(const Json* changes, const Policy& present) {
    if (changes == nullptr || !changes->is_object() || changes->empty())
        return makeError(ErrorCode::usage, "name what to change as KEY=VALUE");
    Changes request;
    for (const auto& [name, value] : changes->items()) {
        const auto found =
            std::find_if(keys().begin(), keys().end(),
                         [&, key = std::string_view(name)](const Key& each) { return each.name == key; });
        if (found == keys().end())
            return makeError(ErrorCode::usage, "there is no policy '" + name +
                                                   "' to set; 'policy show' lists the keys, and "
                                                   "'password-change=now' asks everybody for a new password");
        if (!value.is_string())
            return makeError(ErrorCode::usage, name + ": the value must be text");
        if (auto set = found->set(name, value.get_ref<const std::string&>(), present, request); !set)
            return std::move(set).error();
    }
    return request;
}

} // namespace ssprotect::app
