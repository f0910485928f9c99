#include "ssprotect/kodiac/mail/folder_transport.h"

#include "ssprotect/kodiac/mail_reason.h"

#include <algorithm>

namespace ssprotect::kodiac::mail {
namespace {

// 2026-01-31T08:15:00.123Z → 20260131T081500Z
std::string shortTime(TimePoint time) {
    std::string text = toIso8601(time).substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + "Z";
}

std::string fileName(const MailEnvelope& envelope) {
    return shortTime(envelope.created) + "-" + std::string(mailKindWord(envelope.kind)) + "-" + envelope.id.hex() +
           ".eml";
}

} // namespace

SendingResult FolderTransport::send(const MailEnvelope& envelope, ByteView message, std::stop_token) {
    auto written = files_.createDirectories(folder_);
    if (written)
        written = platform::writeWhole(files_, folder_ / fileName(envelope), message);
    if (written)
        return {};
    return {Sending::tryAgain, std::string(mailreason::kFolder)};
}

} // namespace ssprotect::kodiac::mail
