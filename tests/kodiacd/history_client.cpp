#include "history_client.h"

#include "ssprotect/kodiac/user_operations.h"

#include <algorithm>
#include <thread>

namespace ssprotect::kodiacd {

using namespace kodiac;
using container::Identity;
using container::IdentityBytes;

namespace {

constexpr int kMostTries = 50;

template <class Op> auto answerOf(Result<Reply> reply) { return test::Individual::answerOf<Op>(std::move(reply)); }

bool tellsNoFate(const Error& error) {
    return error.code == ErrorCode::kodiacUnreachable || error.code == ErrorCode::serverBusy ||
           error.code == ErrorCode::fileBusy;
}

} // namespace

void PatientKodiac::connectAnew() {
    if (known_ == addresses_.changes())
        return;
    known_ = addresses_.changes();
    auto urls = addresses_.urls();
    std::rotate(urls.begin(), urls.begin() + static_cast<std::ptrdiff_t>(first_), urls.end());
    remote_ = connect_(urls);
}

Result<Reply> PatientKodiac::perform(const Call& call) {
    const bool login = call.operation == StartLogin::kName || call.operation == FinishLogin::kName;
    for (int i = 1;; ++i) {
        if (call.operation != FinishLogin::kName) // which goes on the connection of its beginning
            connectAnew();
        auto reply = remote_->perform(call);
        if (reply || !tellsNoFate(reply.error()) || login || i == kMostTries)
            return reply;
    }
}

HistoryClient::HistoryClient(test::Member member, History& history, PatientKodiac::Connect connect,
                             const Addresses& addresses, std::uint64_t seed)
    : member_(std::move(member)), history_(history),
      here_(std::make_unique<PatientKodiac>(connect, addresses, seed % 2)),
      there_(std::make_unique<PatientKodiac>(connect, addresses, (seed + 1) % 2)), dice_(seed) {
    member_.rebind(*here_);
}

void HistoryClient::refused(const Error& error) { history_.wrong(std::string(error.word()) + ": " + error.message); }

void HistoryClient::noteBegun(const BeginStore::Response& response) {
    for (const auto& begun : response.items)
        if (begun.error)
            refused(*begun.error);
        else
            history_.did(BeginStore::kName, member_.account, *Identity::parse(begun.identity));
}

void HistoryClient::commit(const IdentityBytes& identity) {
    if (auto done = member_.commit(identity); !done)
        return refused(done.error());
    history_.did(CommitStore::kName, member_.account, *Identity::parse(identity));
    history_.stored(identity);
}

void HistoryClient::share() {
    const auto begun = member_.begin();
    if (!begun)
        return refused(begun.error());
    history_.did(BeginStore::kName, member_.account, *Identity::parse(begun->identity));
    commit(begun->identity);
}

void HistoryClient::storeNext() {
    const IdentityBytes latest = history_.latest(dice_.next());
    const auto opened = member_.open(latest);
    if (!opened)
        return refused(opened.error());
    const auto identity = Identity::parse(latest);
    history_.did(OpenVersion::kName, member_.account, *identity);
    const VersionNumber before = history_.highest(identity->file);
    const auto begun = member_.begin(identity->file, opened->grant);
    if (!begun)
        return refused(begun.error());
    const auto next = Identity::parse(begun->identity);
    history_.did(BeginStore::kName, member_.account, *next);
    if (next->version <= before)
        history_.wrong("a version number did not rise");
    commit(begun->identity);
}

HistoryClient::Both HistoryClient::atOnce(const Call& one, const Call& other) {
    Both both{makeError(ErrorCode::internal, ""), makeError(ErrorCode::internal, "")};
    std::thread beside([&] { both.second = there_->perform(other); });
    both.first = here_->perform(one);
    beside.join();
    return both;
}

// A request that comes a second time is answered as the first time, and done once.
void HistoryClient::sendTwice() {
    BeginStore::Request request;
    request.items.resize(1 + dice_.roll(3));
    const Call call = member_.signedCall<BeginStore>(request);
    auto [one, other] = atOnce(call, call);
    if (!one || !other)
        return refused(!one ? one.error() : other.error());
    if (one->body != other->body)
        history_.wrong("one request was answered in two ways");
    if (const auto begun = answerOf<BeginStore>(std::move(one)); begun)
        noteBegun(*begun);
}

// Of two requests with one counter one is taken.
void HistoryClient::spendTwice() {
    BeginStore::Request single;
    single.items.resize(1);
    BeginStore::Request pair;
    pair.items.resize(2);
    const Call one = member_.signedCall<BeginStore>(single);
    Call other = member_.inSession(callFor<BeginStore>(pair));
    other.counter = one.counter;
    other.code = one.code;
    auto [first, second] = atOnce(one, other);
    if (first.ok() == second.ok())
        history_.wrong(first ? "one counter was taken for two requests" : "neither of two requests was taken");
    for (auto* reply : {&first, &second}) {
        if (!*reply && reply->error().code != ErrorCode::secondFactorRefused)
            refused(reply->error());
        if (!*reply)
            continue;
        if (const auto begun = answerOf<BeginStore>(std::move(*reply)); begun)
            noteBegun(*begun);
    }
}

void HistoryClient::workOnFiles() {
    while (!history_.over()) {
        const auto kind = dice_.roll(10);
        if (kind == 0)
            sendTwice();
        else if (kind == 1)
            spendTwice();
        else
            storeNext();
        history_.step();
    }
}

void HistoryClient::noteLock(const LockView& lock) {
    epoch_ = lock.held ? std::optional(lock.epoch) : std::nullopt;
    if (lock.held)
        history_.held(lock.epoch, member_.account);
}

void HistoryClient::useTheLock(std::uint64_t what) {
    const auto take = [this](const auto& answer) {
        if (answer)
            noteLock(answer->lock);
        else
            epoch_.reset();
    };
    switch (what) {
    case 0:
        return take(member_.ask<RequestLock>({EditLock::users, dice_.coin()}));
    case 1:
        return take(member_.ask<ForceLock>({EditLock::users}));
    case 2:
        return take(member_.ask<RenewLock>({EditLock::users}));
    default:
        static_cast<void>(member_.ask<ReleaseLock>({EditLock::users}));
        epoch_.reset();
    }
}

void HistoryClient::edit(const std::vector<AccountId>& rivals) {
    EditUsers::Request request;
    request.lock = epoch_;
    AttributeChanges changes;
    changes.disabled = dice_.roll(3) != 0;
    request.edits.push_back({rivals[dice_.roll(rivals.size())], changes, std::nullopt, {}});
    const auto done = member_.ask<EditUsers>(request);
    if (done)
        return;
    switch (done.error().code) {
    case ErrorCode::lockHeld:
    case ErrorCode::lockLost:
    case ErrorCode::lastPrivileged:
        return;
    case ErrorCode::notLoggedIn: // a rival was faster
    case ErrorCode::accountDisabled:
        static_cast<void>(member_.login()); // refused until somebody enables it again
        return;
    default:
        refused(done.error());
    }
}

void HistoryClient::fightForTheLock(const std::vector<AccountId>& rivals) {
    while (!history_.over()) {
        const auto what = dice_.roll(6);
        if (what < 4)
            useTheLock(what);
        else
            edit(rivals);
        history_.step();
    }
}

} // namespace ssprotect::kodiacd
