#include "ssprotect/kodiac/http/remote_kodiac.h"

#include "head_text.h"
#include "news_request.h"
#include "repetition.h"
#include "server_list.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/json.h"
#include "ssprotect/crypto/certificate.h"
#include "ssprotect/kodiac/operations.h"

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

constexpr int kOk = 200;
constexpr int kNotFound = 404;

Error strangeAnnouncement() {
    return makeError(ErrorCode::peerRefused, "the server announces its next certificate authority in a form that is "
                                             "none; nothing was changed");
}

struct Announcement {
    std::string certificate;
    Bytes signature;
};

Result<Announcement> announcementOf(ByteView body) {
    const Json tree = Json::parse(body.begin(), body.end(), nullptr, false);
    if (!tree.is_object() || tree.size() != 2 || !tree.contains("certificate") || !tree.contains("signature"))
        return strangeAnnouncement();
    const Json& certificate = tree["certificate"];
    const Json& signature = tree["signature"];
    if (!certificate.is_string() || !signature.is_string())
        return strangeAnnouncement();
    auto bytes = fromBase64(signature.get<std::string>());
    if (!bytes)
        return strangeAnnouncement();
    return Announcement{certificate.get<std::string>(), std::move(*bytes)};
}

} // namespace

struct RemoteKodiac::Inside {
    Inside(std::vector<ServerAddress> addresses, TlsContext tls, const RemoteSettings& settings, const Clock& clock)
        : times(settings.times), authorities(settings.authorities), kept(clock, times.keep),
          servers(std::move(addresses), std::move(tls), times) {}

    Deadline deadline(Duration more = {}) const { return std::chrono::steady_clock::now() + times.request + more; }

    /// A login goes over the connection that it is proved with, one exchange at a time.
    Result<HttpResponse> askForLogin(const Call& call, const ServerList::Errand& errand) {
        const std::unique_lock lock(login.use(), errand.deadline);
        if (!lock)
            return makeError(ErrorCode::kodiacUnreachable, "another login waits for KODiAC; try again");
        const bool proved = call.operation == FinishLogin::kName && call.channelBinding != crypto::Sha256Digest{};
        if (!proved)
            return servers.ask(errand, login);
        const auto server = login.serverOf(call.channelBinding);
        if (!server)
            return makeError(ErrorCode::kodiacUnreachable,
                             "the connection on which the login began is gone; log in again");
        return servers.askOn(*server, errand, login);
    }

    const RemoteTimes times;
    const std::vector<std::string> authorities;
    KeptConnections kept;
    LoginConnection login;
    ServerList servers;
};

RemoteKodiac::RemoteKodiac(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RemoteKodiac::~RemoteKodiac() = default;

Result<std::unique_ptr<RemoteKodiac>> RemoteKodiac::make(const RemoteSettings& settings, const Clock& clock) {
    std::vector<ServerAddress> servers;
    for (const auto& url : settings.servers) {
        auto server = parseServerUrl(url);
        if (!server)
            return std::move(server).error();
        servers.push_back(std::move(*server));
    }
    if (servers.empty())
        return makeError(ErrorCode::invalidInput, "the URL of a KODiAC server is needed");
    auto tls = clientTls(settings.authorities);
    if (!tls)
        return std::move(tls).error();
    return std::unique_ptr<RemoteKodiac>(
        new RemoteKodiac(std::make_unique<Inside>(std::move(servers), std::move(*tls), settings, clock)));
}

Result<Reply> RemoteKodiac::perform(const Call& call) {
    const auto text = textOf(call);
    if (!text)
        return text.error();
    const ServerList::Errand errand{
        [&](const ServerAddress& server) { return wholeRequest(server.shown, call.operation, *text); },
        mayArriveTwice(call), inside_->deadline(patienceOf(call))};
    const bool isLogin = call.operation == StartLogin::kName || call.operation == FinishLogin::kName;
    auto response = isLogin ? inside_->askForLogin(call, errand) : inside_->servers.ask(errand, inside_->kept);
    if (!response)
        return std::move(response).error();
    return replyOf(response->status, response->type, response->body);
}

crypto::Sha256Digest RemoteKodiac::channelBinding() const { return inside_->login.binding(); }

Result<std::optional<std::string>> RemoteKodiac::nextPin() {
    const ServerList::Errand errand{[](const ServerAddress& server) { return wholeGet(server.shown, "/ca/next"); },
                                    true, inside_->deadline()};
    const auto response = inside_->servers.ask(errand, inside_->kept);
    if (!response)
        return response.error();
    if (response->status == kNotFound)
        return std::optional<std::string>();
    if (response->status != kOk)
        return replyOf(response->status, response->type, response->body).error();
    auto announced = announcementOf(response->body);
    if (!announced)
        return std::move(announced).error();
    const Bytes message = crypto::nextAuthorityBytes(announced->certificate);
    for (const auto& authority : inside_->authorities)
        if (crypto::verifyWithCertificate(authority, message, announced->signature)) {
            const auto facts = crypto::readCertificate(announced->certificate);
            if (!facts || !facts->authority)
                return strangeAnnouncement();
            return std::optional(std::move(announced->certificate));
        }
    return makeError(ErrorCode::integrity, "the server announces a certificate authority that the present one does not "
                                           "vouch for; nothing was changed");
}

void RemoteKodiac::cancel() { inside_->servers.cancel(); }

} // namespace ssprotect::kodiac::http
