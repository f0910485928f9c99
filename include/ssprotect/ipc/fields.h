#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::ipc {

/// Reads the members of one JSON object by name and type, and remembers the first thing that is wrong, so that a
/// method reads all it needs and asks once. After a fault the values are empty. A JSON null counts as absent.
/// The object must outlive it. One thread.
class Fields {
public:
    explicit Fields(const Json& object);

    std::string text(std::string_view name);
    std::optional<std::string> optionalText(std::string_view name);
    bool flag(std::string_view name);
    bool flag(std::string_view name, bool otherwise);
    std::optional<bool> optionalFlag(std::string_view name);
    /// Whole numbers from 0 to 2^53.
    std::uint64_t number(std::string_view name);
    std::optional<std::uint64_t> optionalNumber(std::string_view name);
    std::vector<std::string> texts(std::string_view name);
    std::vector<std::string> optionalTexts(std::string_view name);
    /// The elements of an array that are all objects; they live in the object that was handed in.
    std::vector<const Json*> objects(std::string_view name);
    /// Null when absent; the member lives in the object that was handed in.
    const Json* any(std::string_view name);

    /// For parameters: `invalid-input` with the first fault, or naming a member that nobody asked for.
    Status complete() const;
    /// For results, where a newer peer may say more: the first fault only.
    Status usable() const;

private:
    const Json* find(std::string_view name, bool required, std::string_view kind, bool (*is)(const Json&));
    void fault(std::string message);

    const Json& object_;
    std::vector<std::string> known_;
    std::optional<std::string> fault_;
};

} // namespace ssprotect::ipc
