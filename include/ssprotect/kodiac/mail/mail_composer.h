#pragma once

#include "ssprotect/kodiac/mail/mail_texts.h"
#include "ssprotect/kodiac/outbox.h"

#include <string>

namespace ssprotect::kodiac::mail {

/// What every mail of one server says about its sender.
struct MailSender {
    std::string address;            ///< From, and who gets what bounces
    std::string name = "SSProtect"; ///< shown beside the address; UTF-8
    std::string serverName;         ///< a host name: the right side of each Message-ID, and what EHLO says
    std::string serverUrl;          ///< what clients enter as the server
    std::string language = "en";    ///< of mails that name none
};

/// Makes messages of RFC 5322 with a plain and an HTML part (RFC 2046) of claimed mails. A pure function of both: the
/// same mail gives the same bytes, Message-ID and Date included, so that whoever gets it twice recognises it. Any
/// thread.
class MailComposer {
public:
    /// `invalid-input` for a sender that no header can carry.
    static Result<MailComposer> make(MailTexts texts, MailSender sender);

    const MailSender& sender() const { return sender_; }

    /// ASCII with CR LF. `invalid-input`: the recipient is no address, or a line break or other control character would
    /// get into a header. `not-found`: a fact or text is missing.
    Result<WipedBytes> compose(const ClaimedMail& mail) const;

private:
    MailComposer(MailTexts texts, MailSender sender) : texts_(std::move(texts)), sender_(std::move(sender)) {}

    MailTexts texts_;
    MailSender sender_;
};

} // namespace ssprotect::kodiac::mail
