#include "rooms.h"

#include "lock_json.h"

#include <algorithm>

namespace ssprotect::app {
namespace {

constexpr std::size_t kMostNames = 10; ///< that a prompt shows

} // namespace

Status Rooms::requireAcknowledgement(Client& client, AcknowledgementRequest request) const {
    auto work = desk.require();
    if (!work)
        return std::move(work).error();
    auto account = (*work)->account();
    if (!account)
        return std::move(account).error();
    return acknowledger.require(client, std::move(request), {account->noSecondFactor, account->noBulkSecondFactor});
}

Status Rooms::requireAdministration(Client& client, const std::vector<std::string>& changes) const {
    AcknowledgementRequest request{"administer", changes, changes.size()};
    request.names.resize(std::min(request.names.size(), kMostNames));
    return requireAcknowledgement(client, std::move(request));
}

Result<session::Administration> Rooms::administration() const {
    auto session = sessions.require();
    if (!session)
        return std::move(session).error();
    return session::Administration(std::move(*session), locks);
}

Result<session::Administration> Rooms::administrationFor(Client& client,
                                                         const std::vector<std::string>& changes) const {
    if (auto agreed = requireAdministration(client, changes); !agreed)
        return std::move(agreed).error();
    return administration();
}

Result<kodiac::LockView> Rooms::lockNow(kodiac::EditLock lock) const {
    auto views = locks.status();
    if (!views)
        return std::move(views).error();
    for (const auto& view : *views)
        if (view.name == lock)
            return view;
    return makeError(ErrorCode::peerRefused, "KODiAC does not tell of the lock '" + lockName(lock) + "'");
}

} // namespace ssprotect::app
