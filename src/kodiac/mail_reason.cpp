#include "ssprotect/kodiac/mail_reason.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ssprotect::kodiac {
namespace {

using namespace mailreason;

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kSentences{{
    {kUnreachable, "The mail server can't be reached. KODiAC goes on trying; ask whoever runs it to look at the mail "
                   "server's address and the network."},
    {kTimedOut, "The mail server didn't answer in time. KODiAC goes on trying."},
    {kBrokenOff, "The mail server broke off the connection. KODiAC goes on trying."},
    {kNotServing, "The mail server takes no mail from this machine. KODiAC goes on trying; ask whoever runs the mail "
                  "server."},
    {kTls, "There is no safe connection to the mail server: it offers no TLS, or its certificate isn't trusted. Ask "
           "whoever runs KODiAC to set the right server and CA."},
    {kLogin, "The mail server refused KODiAC's own user or password. Ask whoever runs KODiAC to set them right."},
    {kSender, "The mail server refused KODiAC's sender address. Ask whoever runs KODiAC to set one that it takes."},
    {kRecipient, "The mail server refused the recipient's address. Look whether it is spelled right and exists."},
    {kTryLater, "The mail server asked to try again later. KODiAC goes on trying."},
    {kMail, "The mail server refused the mail. Ask whoever runs the mail server why."},
    {kFolder, "The folder for mails can't be written. Ask whoever runs KODiAC to look at it."},
    {kExpired, "The code in the mail was no longer valid before the mail could be sent. Send it again: it then has a "
               "new code."},
    {kInvalid, "The mail can't be written as it is: its address or a name in it has characters that no mail can "
               "carry."},
    {kIntegrity, "The code in the mail doesn't open under KODiAC's master key. Send it again: it then has a new code."},
    {kTemplate, "The text of the mail can't be made. Ask whoever runs KODiAC to look at its own templates."},
    {kOther, "The mail couldn't be sent. KODiAC's log has more."},
}};

} // namespace

std::string mailReasonSentence(std::string_view reason) {
    const auto space = reason.find(' ');
    const auto word = reason.substr(0, space);
    const auto* found =
        std::find_if(kSentences.begin(), kSentences.end(), [&](const auto& each) { return each.first == word; });
    std::string sentence(found == kSentences.end() ? kSentences.back().second : found->second);
    if (space != std::string_view::npos)
        sentence += " (Reply " + std::string(reason.substr(space + 1)) + ".)";
    return sentence;
}

} // namespace ssprotect::kodiac
