#include "seats.h"

namespace ssprotect::kodiac {

std::uint32_t seatsUsed(Context& context, const OrganizationId& organization) {
    static const std::string kSelect =
        "SELECT COUNT(*) FROM accounts s WHERE s.organization = $1 AND " + std::string(kHasSeat);
    const auto row = context.sql.one(kSelect, {organization});
    return row ? row->get<std::uint32_t>(0) : 0;
}

Status checkSeatFree(Context& context, const OrganizationId& organization) {
    const auto row = context.sql.one("SELECT seats FROM organizations WHERE id = $1", {organization});
    const auto seats = row ? row->get<std::uint32_t>(0) : 0;
    if (seatsUsed(context, organization) < seats)
        return {};
    return makeError(ErrorCode::noSeat, "all " + std::to_string(seats) +
                                            " seats of the Organization are taken; remove "
                                            "an account, or have more seats licensed");
}

} // namespace ssprotect::kodiac
