#include "beholder.h"

namespace ssprotect::app {
namespace {

constexpr std::string_view kSetting = "overlay-identity"; // account and organization, 32 hex digits each

} // namespace

Status rememberBeholder(session::HostDatabase& host, const session::SessionInfo& info) {
    return host.setSetting(kSetting, info.account.hex() + info.organization.hex());
}

std::optional<Beholder> beholderOf(session::HostDatabase& host, const std::optional<session::SessionInfo>& info) {
    if (info)
        return Beholder{info->account, info->organization, true};
    const auto kept = host.setting(kSetting);
    if (!kept || !*kept || (*kept)->size() != 4 * AccountId::kSize)
        return std::nullopt;
    const std::string_view text = **kept;
    const auto account = AccountId::fromHexText(text.substr(0, 2 * AccountId::kSize));
    const auto organization = OrganizationId::fromHexText(text.substr(2 * AccountId::kSize));
    if (!account || !organization)
        return std::nullopt;
    return Beholder{*account, *organization, false};
}

} // namespace ssprotect::app
