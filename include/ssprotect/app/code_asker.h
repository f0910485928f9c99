#pragma once

#include "ssprotect/app/acknowledger.h"
#include "ssprotect/session/environment.h"

#include <map>
#include <thread>

namespace ssprotect::app {

/// Something that a person wants done, on however many threads: whom to ask for the codes that it takes. Who did not
/// give one is not asked for the next. Any thread.
class CodeErrand {
public:
    /// `operation`: as CodeRequest names it.
    CodeErrand(std::shared_ptr<Client> client, std::string operation)
        : client_(std::move(client)), operation_(std::move(operation)) {}

private:
    friend class CodeAsker;
    const std::shared_ptr<Client> client_;
    const std::string operation_;
    std::mutex mutex_;
    std::optional<Error> refusal_;
};

/// Asks for codes of the person's OATH token (TFA-5). Any thread.
class CodeAsker {
public:
    using Windows = Acknowledger::Windows;
    /// `deny` gives no code; `allow` cannot invent one and asks like `ask`.
    CodeAsker(SecondFactorMode mode, Duration patience, Windows windows = {});

    /// While it lives, this thread works for that errand. May be nested.
    class OnErrand {
    public:
        OnErrand(CodeAsker& asker, std::shared_ptr<CodeErrand> errand);
        ~OnErrand();
        OnErrand(const OnErrand&) = delete;
        OnErrand& operator=(const OnErrand&) = delete;

    private:
        CodeAsker& asker_;
        std::shared_ptr<CodeErrand> before_;
    };

    /// For the errand of this thread; waits for the person, at most `patience`. Asked is whoever has windows, else the
    /// errand's client, as by Acknowledger; the client hears `code.elsewhere` {seconds} when it is not the one.
    /// `second-factor-refused` when none was given, `second-factor-missing` when there is nobody to ask: also for what
    /// the process does by itself.
    Result<std::string> ask(const session::CodeQuestion& question);
    /// Ends every wait and refuses all that follow: the process is about to end.
    void stop() { desk_.stop(); }

private:
    std::shared_ptr<CodeErrand> exchangeErrand(std::shared_ptr<CodeErrand> errand);
    std::shared_ptr<CodeErrand> presentErrand();
    CodeAnswer answerOf(const CodeErrand& errand, const session::CodeQuestion& question);

    const SecondFactorMode mode_;
    const Duration patience_;
    const Windows windows_;
    AnswerDesk<CodeAnswer> desk_;
    std::mutex mutex_;
    std::map<std::thread::id, std::shared_ptr<CodeErrand>> errands_;
};

} // namespace ssprotect::app
