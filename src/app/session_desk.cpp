#include "session_desk.h"

namespace ssprotect::app {

SessionWork::SessionWork(const Outside& outside, session::HostDatabase& host, conversion::Journal& journal,
                         std::shared_ptr<session::Session> session)
    : outside_(outside), journal_(journal), session_(std::move(session)),
      hostList_(host, {outside.clock, outside.random, outside.files, outside.log}, session_->account()),
      converter_({outside.files, *session_, hostList_, journal, outside.random, outside.clock, outside.log}, {}) {}

conversion::RecoveryReport SessionWork::recover() {
    return conversion::recoverWithSession(journal_, outside_.files, *session_, hostList_, session_->info().email,
                                          outside_.clock, outside_.log);
}

Result<kodiac::ShowAccount::Response> SessionWork::account() {
    std::lock_guard lock(mutex_);
    if (account_)
        return *account_;
    auto shown = session_->showAccount();
    if (shown)
        account_ = *shown;
    return shown;
}

void SessionWork::forgetAccount() {
    std::lock_guard lock(mutex_);
    account_.reset();
}

Status SessionWork::setAccount(const kodiac::SetAccount::Request& wanted) {
    auto set = session_->setAccount(wanted);
    // Also after an error: the answer may only have been lost.
    forgetAccount();
    return set;
}

SessionDesk::SessionDesk(const Outside& outside, session::HostDatabase& host, session::SessionManager& sessions,
                         conversion::Journal& journal)
    : outside_(outside), host_(host), sessions_(sessions), journal_(journal) {
    sessions_.addListener(*this);
}

SessionDesk::~SessionDesk() { sessions_.removeListener(*this); }

Result<std::shared_ptr<SessionWork>> SessionDesk::require() {
    auto session = sessions_.require();
    if (!session)
        return std::move(session).error();
    return workFor(std::move(*session));
}

std::shared_ptr<SessionWork> SessionDesk::current() {
    auto session = sessions_.current();
    return session == nullptr ? nullptr : workFor(std::move(session));
}

std::shared_ptr<SessionWork> SessionDesk::workFor(std::shared_ptr<session::Session> session) {
    std::lock_guard lock(mutex_);
    if (work_ != nullptr && work_->sharedSession() == session)
        return work_;
    auto work = std::make_shared<SessionWork>(outside_, host_, journal_, session);
    // Kept for an ended session, it would keep the keys as well.
    if (!session->ended())
        work_ = work;
    return work;
}

void SessionDesk::sessionRefreshed(const session::SessionInfo&) {
    std::lock_guard lock(mutex_);
    if (work_ != nullptr)
        work_->forgetAccount();
}

void SessionDesk::sessionEnded(session::SessionEnd) {
    std::shared_ptr<SessionWork> dropped;
    std::lock_guard lock(mutex_);
    dropped.swap(work_);
}

} // namespace ssprotect::app
