#include "ssprotect/kodiac/mail/smtp_transport.h"

#include "smtp_verdict.h"
#include "ssprotect/base/wiped_bytes.h"
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
constexpr Duration kGoodbye = std::chrono::seconds(2);
constexpr int kLongestPollMillis = 1000;

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

/// One mail on its way: what libcurl takes from us and tells us.
class Delivery {
public:
    Delivery(ByteView message, const Clock& clock, Duration patience, const std::stop_token& stop)
        : rest_(message), clock_(clock), deadline_(clock.uptime() + patience), stop_(stop) {}

    SmtpStage stage() const { return stage_; }
    /// What the server answered last, before we said goodbye; 0: nothing.
    long reply() const { return reply_; }

    /// It takes too long, or we are asked to stop and the server hasn't the whole mail.
    bool isOver() {
        const Duration now = clock_.uptime();
        if (now >= deadline_)
            return true;
        if (!stop_.stop_requested())
            return false;
        if (!handedOver_)
            return true;
        if (!stopping_)
            deadline_ = std::min(deadline_, now + kAnswerAfterStop);
        stopping_ = true;
        return false;
    }

    static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
        auto& mail = *static_cast<Delivery*>(self);
        const std::size_t taken = std::min(size * count, mail.rest_.size());
        if (taken != 0)
            std::memcpy(to, mail.rest_.data(), taken);
        mail.rest_ = mail.rest_.subspan(taken);
        mail.handedOver_ = mail.rest_.empty();
        return taken;
    }
    static std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }
    // Of what is said, only command words and codes of replies are looked at.
    static int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
        auto& mail = *static_cast<Delivery*>(self);
        const std::string_view line(data, size);
        if (type == CURLINFO_HEADER_OUT)
            mail.said(line);
        else if (type == CURLINFO_HEADER_IN && !mail.leaving_)
            mail.reply_ = replyCode(line);
        return 0;
    }
    // Also asked while libcurl waits for the answer to its QUIT, where no time-out of its own holds.
    static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<Delivery*>(self)->isOver() ? 1 : 0;
    }

private:
    void said(std::string_view line) {
        stage_ = stageOf(line, stage_);
        if (line.starts_with("QUIT")) {
            leaving_ = true;
            deadline_ = std::min(deadline_, clock_.uptime() + kGoodbye);
        }
    }
    static long replyCode(std::string_view line) {
        long code = 0;
        for (const char c : line.substr(0, 3)) {
            if (c < '0' || c > '9')
                return 0;
            code = 10 * code + (c - '0');
        }
        return code;
    }

    ByteView rest_;
    const Clock& clock_;
    Duration deadline_;
    std::stop_token stop_;
    SmtpStage stage_ = SmtpStage::connecting;
    long reply_ = 0;
    bool handedOver_ = false; ///< libcurl has the last byte
    bool stopping_ = false;
    bool leaving_ = false;
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
    case CURLE_ABORTED_BY_CALLBACK:
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

SendingResult resultOf(CURLcode code, const Delivery& mail, const std::stop_token& stop) {
    if (code == CURLE_OK)
        return {};
    if (mail.reply() >= 400 && mail.reply() < 600)
        return verdictOn(mail.stage(), mail.reply());
    if (stop.stop_requested())
        return {Sending::stopped, {}};
    return {Sending::tryAgain, std::string(reasonOf(code))};
}

CURLcode resultIn(CURLM* multi) {
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi, &left);
    return message != nullptr && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT;
}

// In small steps, so that whoever stops us need not wait for the next one.
CURLcode run(CURL* easy, Delivery& mail, const std::stop_token& stop) {
    const Multi multi(curl_multi_init());
    if (!multi || curl_multi_add_handle(multi.get(), easy) != CURLM_OK)
        return CURLE_FAILED_INIT;
    const std::stop_callback wake(stop, [&] { curl_multi_wakeup(multi.get()); });
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    for (int running = 1; curl_multi_perform(multi.get(), &running) == CURLM_OK;) {
        if (running == 0) {
            code = resultIn(multi.get());
            break;
        }
        if (mail.isOver() || curl_multi_poll(multi.get(), nullptr, 0, kLongestPollMillis, nullptr) != CURLM_OK)
            break;
    }
    curl_multi_remove_handle(multi.get(), easy);
    return code;
}

} // namespace

struct SmtpTransport::Inside {
    Global global;
    SmtpSettings settings;
    const Clock& clock;
    std::string url;

    bool prepare(CURL* easy, const std::string& from, curl_slist* recipients, Delivery& mail) const {
        Options options(easy);
        options.set(CURLOPT_URL, url.c_str());
        options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        options.set(CURLOPT_PROXY, "");
        options.set(CURLOPT_NOSIGNAL, 1L);
        options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connectTimeout.count()));
        options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.totalTimeout.count()));
        // A kept connection would be closed at the end, with a QUIT that nobody limits.
        options.set(CURLOPT_FORBID_REUSE, 1L);
        options.set(CURLOPT_MAIL_FROM, from.c_str());
        options.set(CURLOPT_MAIL_RCPT, recipients);
        options.set(CURLOPT_UPLOAD, 1L);
        setSafety(options);
        options.set(CURLOPT_READFUNCTION, &Delivery::read);
        options.set(CURLOPT_READDATA, static_cast<void*>(&mail));
        options.set(CURLOPT_WRITEFUNCTION, &Delivery::ignore);
        options.set(CURLOPT_HEADERFUNCTION, &Delivery::ignore);
        options.set(CURLOPT_VERBOSE, 1L);
        options.set(CURLOPT_DEBUGFUNCTION, &Delivery::listen);
        options.set(CURLOPT_DEBUGDATA, static_cast<void*>(&mail));
        options.set(CURLOPT_NOPROGRESS, 0L);
        options.set(CURLOPT_XFERINFOFUNCTION, &Delivery::progress);
        options.set(CURLOPT_XFERINFODATA, static_cast<void*>(&mail));
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
        WipedBytes password(settings.password.view().begin(), settings.password.view().end());
        password.push_back(0);
        options.set(CURLOPT_USERNAME, settings.user.c_str());
        options.set(CURLOPT_PASSWORD, reinterpret_cast<const char*>(password.data()));
    }

    SendingResult send(const MailEnvelope& envelope, ByteView message, const std::stop_token& stop) const {
        const Easy easy(curl_easy_init());
        const List recipients(curl_slist_append(nullptr, ("<" + envelope.recipient + ">").c_str()));
        Delivery mail(message, clock, settings.totalTimeout, stop);
        if (!easy || !recipients || !prepare(easy.get(), "<" + envelope.from + ">", recipients.get(), mail))
            return {Sending::tryAgain, std::string(mailreason::kOther)};
        const CURLcode code = run(easy.get(), mail, stop);
        return resultOf(code, mail, stop);
    }
};

SmtpTransport::SmtpTransport(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SmtpTransport::~SmtpTransport() = default;

Result<std::unique_ptr<SmtpTransport>> SmtpTransport::make(SmtpSettings settings, const Clock& clock) {
    if (!checkEmail("kodiac@" + settings.ownName))
        return makeError(ErrorCode::invalidInput, "the name that mail servers are told must be a host name");
    std::unique_ptr<Inside> inside(
        new Inside{.global = {}, .settings = std::move(settings), .clock = clock, .url = {}});
    if (!inside->global.ready)
        return makeError(ErrorCode::internal, "libcurl, which sends the mails, can't start");
    inside->url = urlOf(inside->settings);
    return std::unique_ptr<SmtpTransport>(new SmtpTransport(std::move(inside)));
}

SendingResult SmtpTransport::send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) {
    // Whatever came before: no line break gets into a command.
    if (!checkEmail(envelope.from) || !checkEmail(envelope.recipient))
        return {Sending::refused, std::string(mailreason::kInvalid)};
    return inside_->send(envelope, message, stop);
}

} // namespace ssprotect::kodiac::mail
