#include "edit_lock.h"
#include "handlers.h"
#include "ssprotect/kodiac/wire.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr std::uint32_t kLongestWaitSeconds = 25;
constexpr std::int64_t kNewestOnly = -1;

template <class Response> Result<Response> withView(Result<LockView> view) {
    if (!view)
        return std::move(view).error();
    return Response{std::move(*view)};
}

std::int64_t newestOf(Context& context) {
    const auto row = context.sql.one("SELECT events FROM organizations WHERE id = $1", {context.caller.organization});
    return row ? row->get<std::int64_t>(0) : 0;
}

ListEvents::Row eventOf(const store::Row& row) {
    return {row.get<std::int64_t>(0), row.get<TimePoint>(1), row.get<std::string>(2), row.get<std::string>(3),
            row.get<std::optional<AccountId>>(4)};
}

} // namespace

Result<LockStatus::Response> execute(Context& context, const LockStatus::Request&) {
    LockStatus::Response response;
    for (const EditLock name : {EditLock::users, EditLock::trusts})
        response.locks.push_back(viewLock(context, name));
    return response;
}

Result<RequestLock::Response> execute(Context& context, const RequestLock::Request& request) {
    return withView<RequestLock::Response>(requestLock(context, request.name, request.wait));
}

Result<ForceLock::Response> execute(Context& context, const ForceLock::Request& request) {
    return ForceLock::Response{forceLock(context, request.name)};
}

Result<RenewLock::Response> execute(Context& context, const RenewLock::Request& request) {
    return withView<RenewLock::Response>(renewLock(context, request.name));
}

Result<ReleaseLock::Response> execute(Context& context, const ReleaseLock::Request& request) {
    releaseLock(context, request.name);
    return ReleaseLock::Response{};
}

Result<ListEvents::Response> execute(Context& context, const ListEvents::Request& request) {
    if (request.waitSeconds > kLongestWaitSeconds || request.after < kNewestOnly || request.limit == 0)
        return makeError(ErrorCode::invalidInput,
                         "news are asked for after −1, 0 or more, at least one row, and waited "
                         "for 25 seconds at most");
    ListEvents::Response response;
    // First, so that no row is newer.
    response.newest = newestOf(context);
    if (request.after == kNewestOnly)
        return response;
    for (const auto& row : context.sql.all(
             "SELECT sequence, at, kind, subject, account FROM events "
             "WHERE organization = $1 AND sequence > $2 AND sequence <= $3 "
             "ORDER BY sequence LIMIT $4",
             {context.caller.organization, request.after, response.newest, std::min(request.limit, kMostRowsPerPage)}))
        response.rows.push_back(eventOf(row));
    const std::int64_t next = response.rows.empty() ? response.newest + 1 : response.rows.front().sequence;
    response.missed = next - 1 != request.after;
    return response;
}

} // namespace ssprotect::kodiac
