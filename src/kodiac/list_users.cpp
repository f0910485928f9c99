#include "account_attributes.h"
#include "handlers.h"
#include "outbox.h"
#include "provisioning.h"
#include "quotas.h"
#include "seats.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/wire.h"
#include "wire_words.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

// The columns after the attributes.
constexpr std::string_view kSelect =
    "a.id, a.email, a.state, a.software_id, a.signing, a.agreement, a.used_bytes, a.signed_up, a.compared, a.created, "
    "a.validated, v.email, c.expires, c.used, c.kind, a.email_key, "
    "(SELECT COUNT(*) FROM hosts h WHERE h.account = a.id AND h.sealed IS NOT NULL) "
    "FROM accounts a LEFT JOIN accounts v ON v.id = a.validated_by LEFT JOIN registration_codes c ON c.account = a.id "
    "WHERE a.organization = $1 AND a.email_key > $2 ORDER BY a.email_key LIMIT $3";
constexpr std::size_t kOwn = kAttributeCount;
constexpr std::size_t kKeyColumn = kOwn + 15;

using Deliveries = std::map<AccountId, Delivery>;

MailState stateOf(const Deliveries& deliveries, const AccountId& account) {
    const auto found = deliveries.find(account);
    if (found == deliveries.end())
        return {};
    const Delivery& delivery = found->second;
    return {std::string(deliveryWord(delivery.state)), delivery.attempts, delivery.error, delivery.at};
}

/// One page of the accounts of the caller's Organization.
class UserList {
public:
    explicit UserList(Context& context)
        : context_(context),
          registrations_(deliveriesOf(context, context.caller.organization, MailKind::registrationCode)),
          resets_(deliveriesOf(context, context.caller.organization, MailKind::passwordReset)) {}

    void read(const ListUsers::Request& request, ListUsers::Response& to) {
        static const std::string kPage = "SELECT " + std::string(kAttributeColumns) + ", " + std::string(kSelect);
        const auto limit = std::clamp<std::uint32_t>(request.limit, 1, kMostRowsPerPage);
        const auto rows =
            context_.sql.all(kPage, {context_.caller.organization, emailKey(request.after), std::size_t{limit} + 1});
        for (const auto& row : rows) {
            if (to.rows.size() == limit) {
                to.next = last_;
                return;
            }
            to.rows.push_back(userOf(row));
            last_ = row.get<std::string>(kKeyColumn);
        }
    }

private:
    ListUsers::Row userOf(const store::Row& row) const {
        ListUsers::Row user;
        user.attributes = attributesOf(row, 0);
        user.privilege = wire::fromWord<Privilege>(row.get<std::string>(kPrivilegeColumn)).value_or(Privilege::user);
        user.account = row.get<AccountId>(kOwn);
        user.email = row.get<std::string>(kOwn + 1);
        user.state = wire::fromWord<AccountState>(row.get<std::string>(kOwn + 2)).value_or(AccountState::removed);
        user.softwareId = row.get<std::string>(kOwn + 3);
        user.keys = {row.get<crypto::PublicKey>(kOwn + 4), row.get<crypto::PublicKey>(kOwn + 5)};
        user.usedMegabytes = static_cast<std::uint32_t>(row.get<std::uint64_t>(kOwn + 6) >> 20);
        user.signedUp = row.get<bool>(kOwn + 7);
        user.compared = row.get<bool>(kOwn + 8);
        user.created = row.get<TimePoint>(kOwn + 9);
        user.validated = row.get<std::optional<TimePoint>>(kOwn + 10);
        user.validatedBy = row.get<std::optional<std::string>>(kOwn + 11).value_or("");
        if (row.isNull(kOwn + 13))
            user.codeExpires = row.get<std::optional<TimePoint>>(kOwn + 12);
        const auto kind = row.get<std::optional<std::string>>(kOwn + 14);
        user.mail = stateOf(kind == codeKindWord(CodeKind::passwordReset) ? resets_ : registrations_, user.account);
        user.hosts = row.get<std::uint32_t>(kOwn + 16);
        return user;
    }

    Context& context_;
    const Deliveries registrations_;
    const Deliveries resets_;
    std::string last_;
};

} // namespace

Result<ListUsers::Response> execute(Context& context, const ListUsers::Request& request) {
    const OrganizationId& organization = context.caller.organization;
    const auto row =
        context.sql.one("SELECT name, seats, rotation_pending FROM organizations WHERE id = $1", {organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the Organization is missing in KODiAC's database");
    ListUsers::Response response;
    response.organizationName = row->get<std::string>(0);
    response.seats = row->get<std::uint32_t>(1);
    response.rotationPending = row->get<bool>(2);
    response.seatsUsed = seatsUsed(context, organization);
    const auto quotas = quotasOf(context, organization);
    response.quotaMegabytes = static_cast<std::uint32_t>(quotas.organization);
    response.quotaAvailable = quotas.available();
    UserList(context).read(request, response);
    return response;
}

} // namespace ssprotect::kodiac
