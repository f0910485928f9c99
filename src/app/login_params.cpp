#include "login_params.h"

namespace ssprotect::app {

Result<session::ServerSet> serversFrom(ipc::Fields& fields) {
    session::ServerSet servers;
    servers.urls = fields.optionalTexts("servers");
    for (const auto& pem : fields.optionalTexts("pins")) {
        auto pins = session::pinsFromPem(pem);
        if (!pins)
            return std::move(pins).error();
        servers.pins.insert(servers.pins.end(), pins->begin(), pins->end());
    }
    return session::checkedServers(std::move(servers));
}

Result<session::LoginTarget> targetFrom(ipc::Fields& fields) {
    session::LoginTarget target;
    target.profile = fields.optionalText("profile").value_or("");
    target.email = fields.optionalText("email").value_or("");
    auto servers = serversFrom(fields);
    if (!servers)
        return std::move(servers).error();
    target.servers = std::move(*servers);
    if (!target.profile.empty() && (!target.email.empty() || !target.servers.embedded()))
        return makeError(ErrorCode::usage, "log in with a profile or an e-mail address, not with both");
    return target;
}

} // namespace ssprotect::app
