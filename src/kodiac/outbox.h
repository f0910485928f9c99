#pragma once

#include "context.h"
#include "ssprotect/kodiac/mail_kind.h"

#include <map>
#include <optional>
#include <span>
#include <string>

/// Mails are written down with the operation that causes them, in its transaction, and sent later by whoever serves
/// KODiAC (kodiac/outbox.h): no operation waits for a mail server or fails because of one (MAIL-1).
namespace ssprotect::kodiac {

struct OutgoingMail {
    MailKind kind = MailKind::registrationCode;
    OrganizationId organization{};
    AccountId account{};     ///< whom it is about: the delivery is shown there. Null: about nobody in particular
    std::string recipient{}; ///< one address
    std::map<std::string, std::string, std::less<>>
        facts{};                        ///< those of `factsOf(kind)`; never a secret or a file name
    crypto::SecretBytes code{};         ///< the text of the code, where `carriesCode(kind)`; sealed at once
    std::optional<TimePoint> expires{}; ///< until when the code holds; it is not sent afterwards
};

/// Never fails the operation. What could not be sent as it is (an address that is none, a fact with control characters
/// or missing, a code where none belongs) is kept as failed, with the reason `invalid-mail`, for administrators to
/// see. A mail with a code takes the place of those of its kind and account that were not sent: their code is void.
void queueMail(Context& context, const OutgoingMail& mail);
/// The same for each of them, by statements about many; of the same kind and account there is at most one with a code.
void queueMails(Context& context, std::span<const OutgoingMail> mails);

/// One mail of its own to each validated, enabled Privileged User of the mail's organization, or to each validated
/// account of it; its recipient is left empty.
void queueMailToPrivilegedUsers(Context& context, OutgoingMail mail);
void queueMailToEverybody(Context& context, OutgoingMail mail);

/// What still waits about this account is dropped: it was removed. Mails that are queued after this are sent.
void withdrawMails(Context& context, const AccountId& account);

enum class DeliveryState { waiting, sent, failed };

/// What became of a mail.
struct Delivery {
    DeliveryState state = DeliveryState::waiting;
    std::uint32_t attempts = 0;
    std::string error; ///< a reason of kodiac/mail_reason.h: of the latest attempt; empty: none failed
    TimePoint at{};    ///< sent: then; failed: of the last attempt; waiting: of the next attempt
};

/// `waiting`, `sent`, `failed`.
std::string_view deliveryWord(DeliveryState state);

/// Of the latest mail of this kind about the account; none: there was none.
std::optional<Delivery> deliveryOf(Context& context, const AccountId& account, MailKind kind);

/// The same for each of the accounts, by statements about many: for lists.
std::map<AccountId, Delivery> deliveriesOf(Context& context, std::span<const AccountId> accounts, MailKind kind);

/// Sends the latest mail of this kind about the account (now) and starts its attempts anew. False: there is none, or
/// it carried a code that went out or is void; queue a new mail with a new code then.
bool resendMail(Context& context, const AccountId& account, MailKind kind);

} // namespace ssprotect::kodiac
