#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"

#include <string>
#include <string_view>

/// JSON text to and from a tree, with the checks that come before any field is read.
namespace ssprotect::kodiac::wire {

/// The tree, and how many members its objects have in the text: a repeated name would
/// otherwise be dropped unseen, and two readers could take different values.
Status parseBody(std::string_view body, Json& to, std::size_t& members);

/// Text that is no UTF-8 is replaced, never an exception.
std::string bodyText(const Json& object);
/// A text in quotes, escaped; likewise.
std::string quoted(const std::string& text);

} // namespace ssprotect::kodiac::wire
