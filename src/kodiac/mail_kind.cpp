#include "ssprotect/kodiac/mail_kind.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

using Names = std::span<const std::string_view>;
using namespace fact;

constexpr std::array kByActor{kOrganization, kActor};
constexpr std::array kWithCode{kOrganization, kActor, kExpires};
constexpr std::array kOfAccount{kOrganization, kAccount};
constexpr std::array kOfRole{kOrganization, kActor, kRole};
constexpr std::array kOfTrust{kOrganization, kActor, kChange};
constexpr std::array kOfOrganization{kOrganization};
constexpr std::array kOfRelease{kOrganization, kVersion};

struct KindRow {
    std::string_view word;
    Names facts;
    bool code = false;
};

// In the order of MailKind.
constexpr std::array<KindRow, kMailKinds> kKinds{{
    {"registration-code", kWithCode, true},
    {"ready-for-validation", kOfAccount},
    {"validated", kByActor},
    {"dismissed", kByActor},
    {"password-reset", kWithCode, true},
    {"sign-up-received", kOfAccount},
    {"sign-up-known", kOfOrganization},
    {"role-changed", kOfRole},
    {"account-disabled", kByActor},
    {"account-removed", kByActor},
    {"quota-fallback", kOfAccount},
    {"lockdown-engaged", kOfOrganization},
    {"lockdown-lifted", kOfOrganization},
    {"trust-changed", kOfTrust},
    {"update-released", kOfRelease},
}};

// `self` is whoever has given the address that the mail goes to: it need not be the person who reads it.
constexpr std::array<std::string_view, 2> kActorWords{"operator", "self"};
constexpr std::array<std::string_view, 3> kRoleWords{"administrator", "delegate", "user"};
constexpr std::array<std::string_view, 5> kChangeWords{"added", "established", "disabled", "enabled", "ended"};

const KindRow& rowOf(MailKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

} // namespace

std::string_view mailKindWord(MailKind kind) { return rowOf(kind).word; }

std::optional<MailKind> mailKindOf(std::string_view word) {
    const auto* row =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& each) { return each.word == word; });
    if (row == kKinds.end())
        return std::nullopt;
    return static_cast<MailKind>(row - kKinds.begin());
}

std::span<const std::string_view> factsOf(MailKind kind) { return rowOf(kind).facts; }

bool carriesCode(MailKind kind) { return rowOf(kind).code; }

std::span<const std::string_view> wordsOfFact(std::string_view name) {
    if (name == kActor)
        return kActorWords;
    if (name == kRole)
        return kRoleWords;
    if (name == kChange)
        return kChangeWords;
    return {};
}

} // namespace ssprotect::kodiac
