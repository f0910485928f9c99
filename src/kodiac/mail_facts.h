#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/kodiac/mail_kind.h"

#include <map>
#include <optional>
#include <string>

/// Facts of a mail as the database keeps them.
namespace ssprotect::kodiac {

using MailFacts = std::map<std::string, std::string, std::less<>>;

/// A single line of UTF-8 that a header can carry: what is named so may reach mails.
bool isMailLine(std::string_view text);

/// Exactly those that the kind needs (and perhaps a language), each a single line of UTF-8 that a header can carry.
bool factsFit(MailKind kind, const MailFacts& facts);

/// JSON; empty for text that is no UTF-8.
std::optional<std::string> factsText(const MailFacts& facts);
/// None for anything but an object of texts.
std::optional<MailFacts> factsFrom(std::string_view text);

/// Until when the code holds; none without the fact.
std::optional<TimePoint> expiryIn(const MailFacts& facts);
std::string expiryText(TimePoint expires);

} // namespace ssprotect::kodiac
