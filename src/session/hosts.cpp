#include "comparison_text.h"
#include "session_inside.h"
#include "ssprotect/kodiac/host_operations.h"

#include <algorithm>

/// ACC-8 from the side of a host that the account has already.
namespace ssprotect::session {
namespace {

HostShown shownOf(const kodiac::ListHosts::Row& row, const AccountId& account, const HostId& here) {
    HostShown shown{row.host, row.name, row.enrolled, row.oath, row.host == here, {}};
    if (row.asks)
        shown.comparisonCode = kodiac::hostComparisonCode(account, row.host, *row.asks);
    return shown;
}

Error doesNotAsk() {
    return makeError(ErrorCode::notFound, "that host does not ask to be approved any more; let it ask again");
}

} // namespace

Result<std::vector<HostShown>> SessionManager::hosts() {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    auto listed = state.call<kodiac::ListHosts>({});
    if (!listed)
        return std::move(listed).error();
    std::vector<HostShown> shown;
    for (const auto& row : listed->rows)
        shown.push_back(shownOf(row, state.account, (*session)->info().host));
    return shown;
}

Status SessionManager::approveHost(const HostId& host, std::string_view comparisonCode) {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    auto listed = state.call<kodiac::ListHosts>({});
    if (!listed)
        return std::move(listed).error();
    const auto row = std::find_if(listed->rows.begin(), listed->rows.end(),
                                  [&](const auto& known) { return known.host == host && known.asks; });
    if (row == listed->rows.end())
        return doesNotAsk();
    if (!isComparisonCode(comparisonCode, kodiac::hostComparisonCode(state.account, host, *row->asks)))
        return makeError(ErrorCode::peerRefused,
                         "the codes differ: what asks at KODiAC is not the host that shows this "
                         "code; nothing was given to it");
    auto device = inside_->secrets.deviceSecret(state.account);
    if (!device)
        return std::move(device).error();
    if (!*device)
        return makeError(ErrorCode::refused, "this host has not the account's device secret; import its exported keys");
    auto sealed = crypto::hpkeSeal(*row->asks, kodiac::hostApprovalInfo(state.account, host), {}, **device,
                                   inside_->environment.random);
    if (!sealed)
        return std::move(sealed).error();
    auto approved =
        state.call<kodiac::ApproveHost>({host, *row->asks, sealed->encapsulated, std::move(sealed->ciphertext)});
    return approved ? Status{} : Status{std::move(approved).error()};
}

Status SessionManager::removeHost(const HostId& host) {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    if ((*session)->info().host == host)
        return makeError(ErrorCode::refused, "this is the host you are at; remove it from another one");
    auto removed = (*session)->state().call<kodiac::RemoveHost>({host});
    return removed ? Status{} : Status{std::move(removed).error()};
}

} // namespace ssprotect::session
