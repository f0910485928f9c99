#include "ssprotect/kodiac/mail/smtp_transport.h"

#include "smtp_verdict.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/mail_reason.h"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>

namespace ssprotect::kodiac::mail {
namespace {

// How long a server may take, once it has the whole mail, to say so after we were asked to stop: without its answer
// the mail would go out twice.
constexpr Duration kAnswerAfterStop = std::chrono::seconds(5);
constexpr int kLongestPollMillis = 1000;
// Kept for the next mail of a row; older ones the server may have left.
constexpr long kKeptConnectionSeconds = 5;

struct Global {
    Global() : ready(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {}
    ~Global() {
        if (ready)
            curl_global_cleanup();
    }
    Global(const Global&) = delete;
    Global& operator=(const Global&) = delete;
    const bool ready;
};

struct EndEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct EndMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct EndList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EndEasy>;
using Multi = std::unique_ptr<CURLM, EndMulti>;
using List = std::unique_ptr<curl_slist, EndList>;

/// One attempt: what libcurl takes from us and tells us.
struct Attempt {
    ByteView rest;
    SmtpStage stage = SmtpStage::connecting;
    bool handedOver = false; ///< libcurl has the last byte

    static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
        auto& attempt = *static_cast<Attempt*>(self);
        const std::size_t taken = std::min(size * count, attempt.rest.size());
        if (taken != 0)
            std::memcpy(to, attempt.rest.data(), taken);
        attempt.rest = attempt.rest.subspan(taken);
        attempt.handedOver = attempt.rest.empty();
        return taken;
    }
    // Only what we say is looked at, and of that the command word.
    static int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
        auto& attempt = *static_cast<Attempt*>(self);
        if (type == CURLINFO_HEADER_OUT)
            attempt.stage = stageOf({data, size}, attempt.stage);
        return 0;
    }
    static std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }
};

class Options {
public:
    explicit Options(CURL* handle) : handle_(handle) {}
    template <class T> void set(CURLoption option, T content) {
        if (const auto code = curl_easy_setopt(handle_, option, content); first_ == CURLE_OK)
            first_ = code;
    }
    bool ok() const { return first_ == CURLE_OK; }

private:
    CURL* handle_;
    CURLcode first_ = CURLE_OK;
};

std::string urlOf(const SmtpSettings& settings) {
    const bool ipv6 = settings.host.find(':') != std::string::npos;
    const std::string scheme = settings.safety == SmtpSafety::tlsAtOnce ? "smtps://" : "smtp://";
    return scheme + (ipv6 ? "[" + settings.host + "]" : settings.host) + ":" + std::to_string(settings.port) + "/" +
           settings.ownName;
}

// What libcurl says where the server's own words decide nothing.
std::string_view reasonOf(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return mailreason::kUnreachable;
    case CURLE_OPERATION_TIMEDOUT:
        return mailreason::kTimedOut;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
        return mailreason::kTls;
    case CURLE_LOGIN_DENIED:
        return mailreason::kLogin;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
        return mailreason::kBrokenOff;
    default:
        return mailreason::kOther;
    }
}

SendingResult verdictOn(CURLcode code, SmtpStage stage, long reply) {
    if (code == CURLE_OK)
        return {};
    if (code != CURLE_OPERATION_TIMEDOUT && reply >= 400 && reply < 600)
        return verdictOn(stage, reply);
    return {Sending::tryAgain, std::string(reasonOf(code))};
}

} // namespace

struct SmtpTransport::Inside {
    Global global; // first in, last out
    SmtpSettings settings;
    const Clock& clock;
    std::string url;
    Multi multi;

    struct Try {
        Duration patience;
        bool freshConnection = false;
    };
    /// `again`: it failed on a connection kept from an earlier mail, before the server had heard of this one.
    struct Outcome {
        SendingResult result;
        bool again = false;
    };

    bool prepare(CURL* handle, const std::string& from, curl_slist* recipients, Attempt& attempt, Try how) const {
        Options options(handle);
        options.set(CURLOPT_URL, url.c_str());
        options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        options.set(CURLOPT_PROXY, "");
        options.set(CURLOPT_NOSIGNAL, 1L);
        options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connectTimeout.count()));
        options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(how.patience.count()));
        options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(how.patience.count() / 1000 + 1));
        options.set(CURLOPT_MAXAGE_CONN, kKeptConnectionSeconds);
        options.set(CURLOPT_FRESH_CONNECT, how.freshConnection ? 1L : 0L);
        setSafety(options);
        options.set(CURLOPT_MAIL_FROM, from.c_str());
        options.set(CURLOPT_MAIL_RCPT, recipients);
        options.set(CURLOPT_UPLOAD, 1L);
        options.set(CURLOPT_READFUNCTION, &Attempt::read);
        options.set(CURLOPT_READDATA, static_cast<void*>(&attempt));
        options.set(CURLOPT_WRITEFUNCTION, &Attempt::ignore);
        options.set(CURLOPT_HEADERFUNCTION, &Attempt::ignore);
        options.set(CURLOPT_VERBOSE, 1L);
        options.set(CURLOPT_DEBUGFUNCTION, &Attempt::listen);
        options.set(CURLOPT_DEBUGDATA, static_cast<void*>(&attempt));
        return options.ok();
    }

    void setSafety(Options& options) const {
        const bool plain = settings.safety == SmtpSafety::unencrypted;
        options.set(CURLOPT_USE_SSL, static_cast<long>(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        options.set(CURLOPT_SSL_VERIFYPEER, 1L);
        options.set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!settings.caFile.empty()) {
            options.set(CURLOPT_CAINFO, settings.caFile.c_str());
            options.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        if (settings.user.empty())
            return;
        const std::string password(textOf(settings.password.view()));
        options.set(CURLOPT_USERNAME, settings.user.c_str());
        options.set(CURLOPT_PASSWORD, password.c_str());
        crypto::wipe({reinterpret_cast<Byte*>(const_cast<char*>(password.data())), password.size()});
    }

    /// None: given up, because we stop.
    std::optional<CURLcode> run(CURL* handle, const Attempt& attempt, const std::stop_token& stop) const {
        const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi.get()); });
        if (curl_multi_add_handle(multi.get(), handle) != CURLM_OK)
            return CURLE_FAILED_INIT;
        std::optional<Duration> stoppedAt;
        std::optional<CURLcode> code;
        for (int running = 1; curl_multi_perform(multi.get(), &running) == CURLM_OK;) {
            if (running == 0) {
                code = finished();
                break;
            }
            if (stop.stop_requested() && !stoppedAt)
                stoppedAt = clock.uptime();
            if (stoppedAt && (!attempt.handedOver || clock.uptime() - *stoppedAt >= kAnswerAfterStop))
                break;
            if (curl_multi_poll(multi.get(), nullptr, 0, kLongestPollMillis, nullptr) != CURLM_OK)
                break;
        }
        curl_multi_remove_handle(multi.get(), handle);
        if (!code && !stop.stop_requested())
            return CURLE_FAILED_INIT;
        return code;
    }

    CURLcode finished() const {
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
        return message != nullptr && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT;
    }

    Outcome tryOnce(const MailEnvelope& envelope, ByteView message, const std::stop_token& stop, Try how) const {
        const Outcome noMemory{{Sending::tryAgain, std::string(mailreason::kOther)}};
        const Easy easy(curl_easy_init());
        const List recipients(curl_slist_append(nullptr, ("<" + envelope.recipient + ">").c_str()));
        Attempt attempt{.rest = message};
        if (!easy || !recipients || !prepare(easy.get(), "<" + envelope.from + ">", recipients.get(), attempt, how))
            return noMemory;
        const auto code = run(easy.get(), attempt, stop);
        if (!code)
            return {{Sending::stopped, {}}};
        long reply = 0;
        long connections = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply);
        curl_easy_getinfo(easy.get(), CURLINFO_NUM_CONNECTS, &connections);
        Outcome outcome{verdictOn(*code, attempt.stage, reply)};
        outcome.again =
            connections == 0 && outcome.result.result == Sending::tryAgain && attempt.stage < SmtpStage::recipient;
        return outcome;
    }
};

SmtpTransport::SmtpTransport(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SmtpTransport::~SmtpTransport() = default;

Result<std::unique_ptr<SmtpTransport>> SmtpTransport::make(SmtpSettings settings, const Clock& clock) {
    if (!checkEmail("kodiac@" + settings.ownName))
        return makeError(ErrorCode::invalidInput, "the name that mail servers are told must be a host name");
    std::unique_ptr<Inside> inside(
        new Inside{.global = {}, .settings = std::move(settings), .clock = clock, .url = {}, .multi = {}});
    inside->url = urlOf(inside->settings);
    if (inside->global.ready)
        inside->multi.reset(curl_multi_init());
    if (!inside->multi)
        return makeError(ErrorCode::internal, "libcurl, which sends the mails, can't start");
    return std::unique_ptr<SmtpTransport>(new SmtpTransport(std::move(inside)));
}

SendingResult SmtpTransport::send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) {
    // Whatever came before: no line break gets into a command.
    if (!checkEmail(envelope.from) || !checkEmail(envelope.recipient))
        return {Sending::refused, std::string(mailreason::kInvalid)};
    const Duration patience = inside_->settings.totalTimeout;
    const Duration begun = inside_->clock.uptime();
    auto outcome = inside_->tryOnce(envelope, message, stop, {patience});
    const Duration left = patience - (inside_->clock.uptime() - begun);
    if (outcome.again && left > Duration::zero())
        outcome = inside_->tryOnce(envelope, message, stop, {left, true});
    return std::move(outcome.result);
}

} // namespace ssprotect::kodiac::mail
