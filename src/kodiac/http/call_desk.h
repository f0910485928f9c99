#pragma once

#include "call_form.h"
#include "event_watch.h"

#include <atomic>
#include <functional>
#include <memory>

namespace ssprotect::kodiac::http {

struct Answer {
    ReplyText text;
    std::string_view result = "ok"; ///< or the word of the error
};
Answer answerOf(const Result<Reply>& reply);

/// Brings calls before KODiAC, which blocks, by the threads of a pool; and lets whoever looks for news (events.list)
/// wait without one. Any thread. Pool, KODiAC and watch outlive it.
class CallDesk {
public:
    using Done = std::function<void(Answer)>;

    CallDesk(Kodiac& kodiac, boost::asio::thread_pool& pool, EventWatch& watch, std::size_t mostWaiting)
        : kodiac_(kodiac), pool_(pool), watch_(watch), mostWaiting_(mostWaiting) {}

    /// `done` is called once, from another thread. False, and no call, when too many wait for a thread.
    bool perform(Call call, Done done);
    /// The same for another question that blocks.
    bool ask(std::function<Answer()> question, Done done);

private:
    struct Errand;
    void run(const std::shared_ptr<Errand>& errand);
    /// True when somebody will be called later instead.
    bool waitForNews(const std::shared_ptr<Errand>& errand, const Result<Reply>& reply, std::int64_t seen);
    bool enter();

    Kodiac& kodiac_;
    boost::asio::thread_pool& pool_;
    EventWatch& watch_;
    const std::size_t mostWaiting_;
    std::atomic<std::size_t> entered_{0};
};

} // namespace ssprotect::kodiac::http
