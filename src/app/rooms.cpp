#include "rooms.h"

namespace ssprotect::app {

Status Rooms::requireAcknowledgement(Client& client, AcknowledgementRequest request) const {
    auto work = desk.require();
    if (!work)
        return std::move(work).error();
    auto account = (*work)->account();
    if (!account)
        return std::move(account).error();
    return acknowledger.require(client, std::move(request), {account->noSecondFactor, account->noBulkSecondFactor});
}

} // namespace ssprotect::app
