#include "ssprotect/app/code_asker.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

Error refused(std::string why) { return makeError(ErrorCode::secondFactorRefused, std::move(why)); }

Result<std::string> codeOf(CodeAnswer answer) {
    switch (answer.given) {
    case Acknowledgement::allowed:
        return std::string(answer.code.begin(), answer.code.end());
    case Acknowledgement::denied:
        return refused("no code of the token was given; nothing was done");
    case Acknowledgement::timedOut:
        return refused("nobody gave a code of the token in time; nothing was done");
    case Acknowledgement::nobodyToAsk:
        break;
    }
    return makeError(ErrorCode::secondFactorMissing,
                     "this needs a code of the token and there is nobody to ask; run it on a terminal, with the code "
                     "on standard input (--password-stdin), or with the tray icon at hand");
}

} // namespace

CodeAsker::CodeAsker(SecondFactorMode mode, Duration patience, Windows windows)
    : mode_(mode), patience_(patience), windows_(std::move(windows)), desk_(patience) {}

CodeAsker::OnErrand::OnErrand(CodeAsker& asker, std::shared_ptr<CodeErrand> errand)
    : asker_(asker), before_(asker.exchangeErrand(std::move(errand))) {}

CodeAsker::OnErrand::~OnErrand() { asker_.exchangeErrand(std::move(before_)); }

std::shared_ptr<CodeErrand> CodeAsker::exchangeErrand(std::shared_ptr<CodeErrand> errand) {
    const std::lock_guard lock(mutex_);
    const auto thread = std::this_thread::get_id();
    if (errand == nullptr) {
        errands_.erase(thread);
        return nullptr;
    }
    return std::exchange(errands_[thread], std::move(errand));
}

std::shared_ptr<CodeErrand> CodeAsker::presentErrand() {
    const std::lock_guard lock(mutex_);
    const auto found = errands_.find(std::this_thread::get_id());
    return found == errands_.end() ? nullptr : found->second;
}

Result<std::string> CodeAsker::ask(const session::CodeQuestion& question) {
    const auto errand = presentErrand();
    if (errand == nullptr)
        return codeOf({Acknowledgement::nobodyToAsk, {}});
    if (mode_ == SecondFactorMode::deny)
        return refused("the tray process denies every second factor (started with --second-factor deny)");
    {
        const std::lock_guard lock(errand->mutex_);
        if (errand->refusal_)
            return *errand->refusal_;
    }
    auto code = codeOf(answerOf(*errand, question));
    if (!code) {
        const std::lock_guard lock(errand->mutex_);
        errand->refusal_ = code.error();
    }
    return code;
}

CodeAnswer CodeAsker::answerOf(const CodeErrand& errand, const session::CodeQuestion& question) {
    const CodeRequest request{errand.operation_, question.digits, question.following,
                              std::chrono::duration_cast<std::chrono::seconds>(patience_)};
    const auto windows = windows_ ? windows_() : nullptr;
    Client& asked = windows ? *windows : *errand.client_;
    if (&asked != errand.client_.get())
        errand.client_->notify("code.elsewhere", {{"seconds", request.seconds.count()}});
    auto outcome = desk_.wait([&](std::function<void(CodeAnswer)> done) { asked.askCode(request, std::move(done)); });
    if (outcome.given)
        return std::move(*outcome.given);
    return {outcome.timedOut ? Acknowledgement::timedOut : Acknowledgement::denied, {}};
}

} // namespace ssprotect::app
