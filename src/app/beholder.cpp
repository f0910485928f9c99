#include "beholder.h"

#include "rooms.h"

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>

namespace ssprotect::app {
namespace {

constexpr std::string_view kSetting = "overlay-identity"; // account and organization, 32 hex digits each
constexpr std::uint64_t kMostViewerText = 1 << 20;

Beholder beholder(const AccountId& account, const OrganizationId& organization, bool loggedIn) {
    return {{account, {organization}}, loggedIn};
}

} // namespace

Status rememberBeholder(session::HostDatabase& host, const session::SessionInfo& info) {
    return host.setSetting(kSetting, info.account.hex() + info.organization.hex());
}

std::optional<Beholder> beholderOf(session::HostDatabase& host, const std::optional<session::SessionInfo>& info) {
    if (info)
        return beholder(info->account, info->organization, true);
    const auto kept = host.setting(kSetting);
    if (!kept || !*kept || (*kept)->size() != 4 * AccountId::kSize)
        return std::nullopt;
    const std::string_view text = **kept;
    const auto account = AccountId::fromHexText(text.substr(0, 2 * AccountId::kSize));
    const auto organization = OrganizationId::fromHexText(text.substr(2 * AccountId::kSize));
    if (!account || !organization)
        return std::nullopt;
    return beholder(*account, *organization, false);
}

void publishViewer(Rooms& rooms) {
    const auto session = rooms.sessions.current();
    const auto beholder = beholderOf(rooms.host, session != nullptr ? std::optional(session->info()) : std::nullopt);
    if (!beholder)
        return;
    auto& files = rooms.outside.files;
    const auto file = rooms.settings.home / container::kViewerFile;
    const auto text = beholder->viewer.text();
    const auto present = platform::readWhole(files, file, kMostViewerText);
    if (present && textOf(*present) == text)
        return;
    if (auto written = platform::writeWhole(files, file, viewOf(text)); !written)
        return rooms.outside.log.warn("overlay icons keep their old colours: {}", written.error().word());
    rooms.events.tell("colours.changed", Json::object());
}

} // namespace ssprotect::app
