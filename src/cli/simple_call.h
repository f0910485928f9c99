#pragma once

#include "context.h"
#include "ssprotect/base/json.h"
#include "ssprotect/ipc/fields.h"

#include <functional>
#include <string>
#include <string_view>

namespace ssprotect::cli {

/// What a person reads of a result; the fields know afterwards whether it could be read.
using Telling = std::function<std::string(ipc::Fields&)>;

/// One method, its result printed as it is or as `tell` tells it.
Outcome callAndTell(Context& context, Tray& tray, std::string_view method, const Json& params, ipc::Attachments secrets,
                    const Telling& tell);
/// Prints a result that is there, the same way.
Outcome told(Context& context, const Json& result, const Telling& tell);
/// The same on a connection of its own, for methods without secrets.
Outcome callAndTell(Context& context, std::string_view method, const Json& params, const Telling& tell);

} // namespace ssprotect::cli
