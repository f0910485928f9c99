#include "ssprotect/kodiac/http/remote_kodiac.h"

#include "head_text.h"
#include "news_request.h"
#include "repetition.h"
#include "server_list.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/json.h"
#include "ssprotect/crypto/certificate.h"
#include "ssprotect/kodiac/operations.h"

#include <algorithm>
#include <mutex>

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
        : times(settings.times), kept(clock, times.keep), servers(std::move(addresses), std::move(tls), times),
          authorities(settings.authorities) {}

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

    /// Whether one that is trusted made the announcement; if so it is trusted as well from now on.
    Result<bool> trustIfVouchedFor(const Announcement& announced) {
        const Bytes message = crypto::nextAuthorityBytes(announced.certificate);
        const std::lock_guard lock(mutex);
        const bool vouched = std::any_of(authorities.begin(), authorities.end(), [&](const auto& authority) {
            return crypto::verifyWithCertificate(authority, message, announced.signature);
        });
        if (!vouched)
            return false;
        const auto facts = crypto::readCertificate(announced.certificate);
        if (!facts || !facts->authority)
            return strangeAnnouncement();
        if (std::find(authorities.begin(), authorities.end(), announced.certificate) != authorities.end())
            return true;
        auto all = authorities;
        all.push_back(announced.certificate);
        auto tls = clientTls(all);
        if (!tls)
            return std::move(tls).error();
        servers.use(std::move(*tls));
        authorities = std::move(all);
        return true;
    }

    const RemoteTimes times;
    KeptConnections kept;
    LoginConnection login;
    ServerList servers;
    std::mutex mutex; ///< over what follows
    std::vector<std::string> authorities;
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
    const Duration patience = patienceOf(call);
    const ServerList::Errand errand{
        [&](const ServerAddress& server) { return wholeRequest(server.shown, call.operation, *text); },
        mayArriveTwice(call), inside_->deadline(patience), patience};
    const bool isLogin = call.operation == StartLogin::kName || call.operation == FinishLogin::kName;
    auto response = isLogin ? inside_->askForLogin(call, errand) : inside_->servers.ask(errand, inside_->kept);
    if (!response)
        return std::move(response).error();
    return replyOf(response->status, response->type, response->body);
}

crypto::Sha256Digest RemoteKodiac::channelBinding() const { return inside_->login.binding(); }

Result<std::optional<std::string>> RemoteKodiac::nextPin() {
    const ServerList::Errand errand{
        [](const ServerAddress& server) { return wholeGet(server.shown, "/ca/next"); }, true, inside_->deadline(), {}};
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
    const auto vouched = inside_->trustIfVouchedFor(*announced);
    if (!vouched)
        return vouched.error();
    if (!*vouched)
        return makeError(ErrorCode::integrity, "the server announces a certificate authority that the present one does "
                                               "not vouch for; nothing was changed");
    return std::optional(std::move(announced->certificate));
}

void RemoteKodiac::cancel() { inside_->servers.cancel(); }

} // namespace ssprotect::kodiac::http
