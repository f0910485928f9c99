#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/wiped_bytes.h"

#include <string>
#include <string_view>

/// The parts of RFC 2045, 2047 and 5322 that our mails are made of. Text is UTF-8.
namespace ssprotect::kodiac::mail {

/// C0 and DEL: what a header must never hold.
bool hasControlCharacter(std::string_view text);

/// Unstructured text or a display name: as it is where it is short printable ASCII without specials, else encoded-words
/// (B) that split no character, folded.
std::string encodedHeaderText(std::string_view text);

/// Appends text with `\n` line ends as quoted-printable, in lines of at most 76 characters ended by CR LF.
void appendQuotedPrintable(WipedBytes& to, std::string_view text);

/// `Sat, 31 Jan 2026 08:15:00 +0000`.
std::string mailDate(TimePoint time);

} // namespace ssprotect::kodiac::mail
