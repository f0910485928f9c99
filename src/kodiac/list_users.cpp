#include "account_attributes.h"
#include "handlers.h"
#include "outbox.h"
#include "provisioning.h"
#include "quotas.h"
#include "seats.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/wire.h"
#include "wire/words.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

// The columns after the attributes.
constexpr std::string_view kColumns =
    "a.id, a.email, a.state, a.software_id, a.signing, a.agreement, a.used_bytes, a.signed_up, a.compared, a.created, "
    "a.validated, v.email, c.expires, c.used, c.kind, a.email_key, "
    "(SELECT COUNT(*) FROM hosts h WHERE h.account = a.id AND h.sealed IS NOT NULL) "
    "FROM accounts a LEFT JOIN accounts v ON v.id = a.validated_by LEFT JOIN registration_codes c ON c.account = a.id "
    "WHERE a.organization = $1 AND ";
constexpr std::size_t kOwn = kAttributeCount;
constexpr std::size_t kKeyColumn = kOwn + 15;

std::string selectWhere(std::string_view which) {
    return "SELECT " + std::string(kAttributeColumns) + ", " + std::string(kColumns) + std::string(which);
}

MailState stateOf(const Delivery& delivery) {
    return {std::string(deliveryWord(delivery.state)), delivery.attempts, delivery.error, delivery.at};
}

/// Accounts of the caller's Organization.
class UserList {
public:
    explicit UserList(Context& context) : context_(context) {}

    void readPage(const ListUsers::Request& request, ListUsers::Response& to) {
        static const std::string kPage = selectWhere("a.email_key > $2 ORDER BY a.email_key LIMIT $3");
        const auto limit = std::clamp<std::uint32_t>(request.limit, 1, kMostRowsPerPage);
        auto rows =
            context_.sql.all(kPage, {context_.caller.organization, emailKey(request.after), std::size_t{limit} + 1});
        if (rows.size() > limit) {
            rows.pop_back();
            to.next = rows.back().get<std::string>(kKeyColumn);
        }
        to.rows = usersOf(rows);
    }

    void readWhoHas(std::string_view email, ListUsers::Response& to) {
        static const std::string kPresent = selectWhere("a.email_key = $2");
        const std::string key = emailKey(email);
        auto rows = context_.sql.all(kPresent, {context_.caller.organization, key});
        if (rows.empty())
            rows = whoHad(key);
        to.rows = usersOf(rows);
    }

private:
    // The username of a removed account is free: its row goes by another key, and shows the e-mail still.
    std::vector<store::Row> whoHad(const std::string& key) {
        static const std::string kFormer = selectWhere("a.id IN (VALUES ($2)) ORDER BY a.created DESC");
        std::vector<AccountId> accounts;
        for (const auto& row :
             context_.sql.all("SELECT id, email FROM accounts WHERE organization = $1 AND state = 'removed'",
                              {context_.caller.organization}))
            if (accounts.size() < kMostRowsPerPage && emailKey(row.get<std::string>(1)) == key)
                accounts.push_back(row.get<AccountId>(0));
        store::ValueRows wanted(1);
        for (const AccountId& account : accounts)
            wanted.add({account});
        return context_.sql.allFor(kFormer, {context_.caller.organization}, wanted);
    }

    std::vector<ListUsers::Row> usersOf(const std::vector<store::Row>& rows) {
        std::vector<ListUsers::Row> users;
        std::vector<AccountId> registering;
        std::vector<AccountId> resetting;
        for (const auto& row : rows) {
            users.push_back(userOf(row));
            const auto kind = row.get<std::optional<std::string>>(kOwn + 14);
            (kind == codeKindWord(CodeKind::passwordReset) ? resetting : registering).push_back(users.back().account);
        }
        auto deliveries = deliveriesOf(context_, registering, MailKind::registrationCode);
        deliveries.merge(deliveriesOf(context_, resetting, MailKind::passwordReset));
        for (auto& user : users)
            if (const auto found = deliveries.find(user.account); found != deliveries.end())
                user.mail = stateOf(found->second);
        return users;
    }

    static ListUsers::Row userOf(const store::Row& row) {
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
        user.hosts = row.get<std::uint32_t>(kOwn + 16);
        return user;
    }

    Context& context_;
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
    UserList list(context);
    if (request.email.empty())
        list.readPage(request, response);
    else
        list.readWhoHas(request.email, response);
    return response;
}

} // namespace ssprotect::kodiac
