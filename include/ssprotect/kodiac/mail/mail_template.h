#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::kodiac::mail {

/// What stands for a placeholder; none: there is no such value.
using ValueOf = std::function<std::optional<std::string_view>(std::string_view name)>;

enum class Escaping {
    none,
    html, ///< values, not the template's own text
};

/// Text with placeholders: `{{name}}`, of lower-case letters. Everything else is taken as it is. Any thread.
class MailTemplate {
public:
    /// `invalid-input` for braces that aren't closed or hold anything but a name.
    static Result<MailTemplate> parse(std::string_view text);

    /// A pure function: the same values give the same bytes. `not-found` names the placeholder without a value; nothing
    /// is put in its place.
    Result<WipedBytes> render(const ValueOf& valueOf, Escaping escaping) const;

    /// As often as they stand there, in that order.
    std::vector<std::string> placeholders() const;

private:
    struct Part {
        std::string text; ///< or the placeholder's name
        bool placeholder = false;
    };
    std::vector<Part> parts_;
};

} // namespace ssprotect::kodiac::mail
