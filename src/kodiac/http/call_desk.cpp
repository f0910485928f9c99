#include "call_desk.h"

#include "error_status.h"
#include "news_request.h"

#include <exception>

#include <boost/asio/post.hpp>

namespace ssprotect::kodiac::http {

struct CallDesk::Errand {
    using Time = std::chrono::steady_clock::time_point;

    Call call;
    Done done;
    Duration patience{};
    Time until = std::chrono::steady_clock::now() + patience;
};

Answer answerOf(const Result<Reply>& reply) {
    if (reply)
        return {textOf(*reply), "ok"};
    return {textOf(reply.error()), reply.error().word()};
}

bool CallDesk::enter() {
    if (++entered_ <= mostWaiting_)
        return true;
    --entered_;
    return false;
}

bool CallDesk::perform(Call call, Done done) {
    if (!enter())
        return false;
    const Duration patience = patienceOf(call);
    auto errand = std::make_shared<Errand>(Errand{std::move(call), std::move(done), patience});
    boost::asio::post(pool_, [this, errand] {
        --entered_;
        run(errand);
    });
    return true;
}

bool CallDesk::ask(std::function<Answer()> question, Done done) {
    if (!enter())
        return false;
    boost::asio::post(pool_, [this, question = std::move(question), done = std::move(done)] {
        --entered_;
        done(question());
    });
    return true;
}

void CallDesk::run(const std::shared_ptr<Errand>& errand) {
    const auto seen = watch_.seen();
    Result<Reply> reply = makeError(ErrorCode::internal, "");
    try {
        reply = kodiac_.perform(errand->call);
    } catch (const std::exception&) {
        // Memory has run out: the call is lost, the server need not be.
    }
    if (!waitForNews(errand, reply, seen))
        errand->done(answerOf(reply));
}

bool CallDesk::waitForNews(const std::shared_ptr<Errand>& errand, const Result<Reply>& reply, std::int64_t seen) {
    if (errand->patience == Duration{} || !reply || !hasNoNews(*reply))
        return false;
    const auto left = std::chrono::duration_cast<Duration>(errand->until - std::chrono::steady_clock::now());
    if (left <= Duration{})
        return false;
    return watch_.wait(seen, left, [this, errand] { boost::asio::post(pool_, [this, errand] { run(errand); }); });
}

} // namespace ssprotect::kodiac::http
