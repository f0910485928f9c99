#include "ssprotect/container/overlay.h"

#include <algorithm>
#include <cstdlib>

namespace ssprotect::container {
namespace {

constexpr std::string_view kFirstLine = "ssprotect viewer 1";
constexpr std::string_view kAccount = "account ";
constexpr std::string_view kOrganization = "organization ";

Error unreadable() { return makeError(ErrorCode::dataDamaged, "the file that says whose files are red is damaged"); }

/// Takes one line with its end off `text`; nothing when there is none.
std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
        return {};
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

} // namespace

std::string_view overlayWord(Overlay overlay) {
    switch (overlay) {
    case Overlay::none:
        return "none";
    case Overlay::red:
        return "red";
    case Overlay::yellow:
        return "yellow";
    }
    std::abort();
}

Overlay Viewer::overlayOf(AccountId owner, OrganizationId organization) const {
    if (owner == account)
        return Overlay::red;
    return std::ranges::count(organizations, organization) > 0 ? Overlay::yellow : Overlay::none;
}

std::string Viewer::text() const {
    std::string text(kFirstLine);
    text += '\n' + std::string(kAccount) + account.hex() + '\n';
    for (const auto& organization : organizations)
        text += std::string(kOrganization) + organization.hex() + '\n';
    return text;
}

Result<Viewer> Viewer::parse(std::string_view text) {
    if (takeLine(text) != kFirstLine)
        return unreadable();
    const auto accountLine = takeLine(text);
    if (!accountLine.starts_with(kAccount))
        return unreadable();
    auto account = AccountId::fromHexText(accountLine.substr(kAccount.size()));
    if (!account)
        return unreadable();
    Viewer viewer{*account, {}};
    while (!text.empty()) {
        const auto line = takeLine(text);
        if (!line.starts_with(kOrganization))
            return unreadable();
        auto organization = OrganizationId::fromHexText(line.substr(kOrganization.size()));
        if (!organization)
            return unreadable();
        viewer.organizations.push_back(*organization);
    }
    return viewer;
}

} // namespace ssprotect::container
