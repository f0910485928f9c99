#include "mail_commands.h"

#include "ssprotect/kodiac/mail_reason.h"

#include <ostream>

namespace ssprotect::kodiacd {
namespace {

constexpr std::size_t kMostListed = 1000;

} // namespace

Status listMails(const Environment& environment, const CommonOptions& options, const std::string& state) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    auto mails = (*authority)->outbox().list(state, kMostListed);
    if (!mails)
        return std::move(mails).error();
    environment.out << "id\tkind\trecipient\tstate\tattempts\tcreated\treason\n";
    for (const auto& mail : *mails)
        environment.out << mail.id.hex() << '\t' << mail.kind << '\t' << mail.recipient << '\t' << mail.state << '\t'
                        << mail.attempts << '\t' << toIso8601(mail.created) << '\t'
                        << (mail.reason.empty() ? "" : kodiac::mailReasonSentence(mail.reason)) << '\n';
    return {};
}

Status resendMail(const Environment& environment, const CommonOptions& options, const std::string& id) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    auto mail = kodiac::MailId::fromHexText(id);
    if (!mail)
        return makeError(ErrorCode::invalidInput, "the id of a mail is the first column of 'kodiacd mail list'");
    return (*authority)->outbox().sendAgain(*mail);
}

} // namespace ssprotect::kodiacd
