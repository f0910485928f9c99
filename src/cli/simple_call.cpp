#include "simple_call.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {

Outcome callAndTell(Context& context, Tray& tray, std::string_view method, const Json& params, ipc::Attachments secrets,
                    const Telling& tell) {
    const auto result = tray.call(method, params, std::move(secrets));
    if (!result)
        return result.error();
    return told(context, *result, tell);
}

Outcome told(Context& context, const Json& result, const Telling& tell) {
    ipc::Fields fields(result);
    const auto text = tell(fields);
    if (const auto status = fields.usable(); !status)
        return makeError(ErrorCode::internal,
                         "the tray process answered in a way that cannot be read: " + status.error().message);
    context.output.object(result);
    context.output.text(text);
    return kDone;
}

Outcome callAndTell(Context& context, std::string_view method, const Json& params, const Telling& tell) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    return callAndTell(context, *tray, method, params, {}, tell);
}

} // namespace ssprotect::cli
