#pragma once

#include "ssprotect/app/answer_desk.h"
#include "ssprotect/app/client.h"

#include <memory>
#include <optional>

namespace ssprotect::app {

/// `--second-factor` of the tray process; `ask` is the default.
enum class SecondFactorMode { allow, deny, ask };

std::optional<SecondFactorMode> secondFactorModeOf(std::string_view word);
std::string_view secondFactorWord(SecondFactorMode mode);

/// What the account's attributes say (USR-4).
struct SecondFactorPolicy {
    bool noSecondFactor = false;
    bool noBulkSecondFactor = false; ///< *No Bulk2FA*: every file of a bulk is asked for, not all at once
};

/// Asks for the acknowledgement that content operations need. Any thread.
class Acknowledger {
public:
    /// Gives the client with windows, if there is one now.
    using Windows = std::function<std::shared_ptr<Client>()>;

    explicit Acknowledger(SecondFactorMode mode, Duration patience = std::chrono::seconds(60), Windows windows = {});

    SecondFactorMode mode() const { return mode_; }

    /// Waits for the person, at most `patience`, so never on a thread of the pipe or the GUI. Asked is whoever has
    /// windows, whoever calls: no program answers for the person; `client` then hears `acknowledgement.elsewhere`
    /// {seconds}. Without windows it is `client`.
    /// `second-factor-refused` when denied or timed out, `second-factor-missing` when there is nobody to ask.
    Status require(Client& client, AcknowledgementRequest request, const SecondFactorPolicy& policy);
    /// Ends every wait and refuses all that follow: the process is about to end.
    void stop() { desk_.stop(); }

private:
    Acknowledgement ask(Client& client, const AcknowledgementRequest& request);

    const SecondFactorMode mode_;
    const Duration patience_;
    const Windows windows_;
    AnswerDesk<Acknowledgement> desk_;
};

} // namespace ssprotect::app
