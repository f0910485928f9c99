#include "ssprotect/kodiac/authority.h"

#include "authority_inside.h"
#include "corridor.h"
#include "licence.h"
#include "operation_table.h"
#include "operator.h"
#include "shares.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kServerSecretSize = 32;
constexpr std::string_view kServerSecretKind = "server-secret";
constexpr std::string_view kMarkSnapshot = "INSERT INTO meta (name, value) VALUES ('snapshot', x'01')";

// Also the proof that the master key is the one the database was made with.
Result<crypto::SecretBytes> serverSecret(store::Transaction& sql, const AtRest& atRest, Random& random, bool mayBegin) {
    if (const auto row = sql.one("SELECT value FROM meta WHERE name = $1", {kServerSecretKind})) {
        auto opened = atRest.open(kServerSecretKind, {}, row->get<Bytes>(0));
        if (!opened)
            return makeError(ErrorCode::integrity, opened.error().message);
        return opened;
    }
    if (!mayBegin)
        return makeError(ErrorCode::notFound, "the database holds no KODiAC: is it the right one?");
    crypto::SecretBytes secret(kServerSecretSize);
    random.fill(secret.bytes());
    const auto made = sql.execute("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                  {kServerSecretKind, atRest.seal(kServerSecretKind, {}, secret)});
    if (made == 0 && !sql.fault()) // another daemon, started at the same time, was faster
        return serverSecret(sql, atRest, random, mayBegin);
    return secret;
}

// What the database says of itself must not read like KODiAC's word about what was asked for: that it is gone is not
// that a file is.
Error ofTheDatabase(Error error) {
    if (error.code == ErrorCode::notFound || error.code == ErrorCode::refused)
        error.code = ErrorCode::kodiacUnreachable;
    return error;
}

void raiseShareEpochs(Context& context) {
    for (const auto& row : context.sql.all("SELECT id, share_epoch FROM organizations FOR UPDATE")) {
        const auto organization = row.get<OrganizationId>(0);
        const Epoch epoch = row.get<Epoch>(1) + 1;
        drawShareRoot(context, organization, epoch);
        context.sql.execute("UPDATE organizations SET share_epoch = $2 WHERE id = $1", {organization, epoch});
    }
}

// What somebody may have seen or used after the copy was made must not hold again.
void makeNewAfterRestore(Context& context) {
    raiseShareEpochs(context);
    context.sql.execute("UPDATE sessions SET ended = $1 WHERE ended IS NULL", {context.now()});
    context.sql.execute("UPDATE hosts SET sealed = NULL, own_sealed = NULL, next_counter = 0, failures = 0, "
                        "retry_at = 0");
    context.sql.execute("DELETE FROM replies");
    context.sql.execute("DELETE FROM nonces");
    context.sql.execute("DELETE FROM host_requests");
    context.sql.execute("DELETE FROM lock_waiters");
    context.sql.execute("UPDATE edit_locks SET account = NULL, session = NULL, expires = 0");
    context.sql.execute("DELETE FROM meta WHERE name = 'snapshot'");
    auditOperator(context.sql, {.operation = "operator.restore"});
}

} // namespace

Status Authority::Inside::restored(bool onlySnapshots) {
    return asOperator([&](Context& context) -> Status {
        if (!onlySnapshots || context.sql.one("SELECT 1 FROM meta WHERE name = 'snapshot' FOR UPDATE"))
            makeNewAfterRestore(context);
        return {};
    });
}

Authority::Authority(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Authority::~Authority() = default;

Result<std::unique_ptr<Authority>> Authority::open(std::unique_ptr<store::Database> database, Random& random,
                                                   crypto::SecretBytes masterKey, AuthoritySettings settings) {
    if (masterKey.size() != kMasterKeySize)
        return makeError(ErrorCode::invalidInput, "KODiAC's master key has 32 bytes");
    AtRest atRest(std::move(masterKey), random);
    auto secret = database->write([&](store::Transaction& sql) -> Result<crypto::SecretBytes> {
        return serverSecret(sql, atRest, random, settings.mayBegin);
    });
    if (!secret)
        return std::move(secret).error();

    std::unique_ptr<Inside> inside(
        new Inside{std::move(database), {random, std::move(atRest), std::move(*secret), settings}});
    if (auto restored = inside->restored(true); !restored)
        return std::move(restored).error();
    return std::unique_ptr<Authority>(new Authority(std::move(inside)));
}

Result<Reply> Authority::perform(const Call& call) {
    const Operation* operation = findOperation(call.operation);
    const auto work = operation != nullptr ? operation->prepare(call) : nullptr;
    // A refusal is committed with its audit row: to the database it is a success.
    std::optional<Result<Reply>> outcome;
    auto written = inside_->database->write([&](store::Transaction& sql) -> Status {
        outcome.emplace(walkCorridor(sql, inside_->services, call, operation, work.get()));
        return {};
    });
    if (!written)
        return ofTheDatabase(std::move(written).error());
    return std::move(*outcome);
}

crypto::Sha256Digest Authority::channelBinding() const { return {}; }

Status Authority::snapshot(const platform::Path& file) { return inside_->database->snapshotTo(file, kMarkSnapshot); }

Status Authority::afterRestore() { return inside_->restored(false); }

Status Authority::health() {
    return inside_->database->read([](store::Transaction& sql) -> Status {
        static_cast<void>(sql.one("SELECT 1"));
        return {};
    });
}

Status Authority::recordOperatorAct(std::string_view act) { return kodiac::recordOperatorAct(*inside_->database, act); }

Status Authority::setDisabled(std::string_view email, bool disabled) {
    return inside_->asOperator([&](Context& context) { return kodiac::setDisabled(context, email, disabled); });
}

Result<crypto::SecretBytes> Authority::createOrganization(const NewOrganization& organization) {
    return inside_->asOperator([&](Context& context) { return kodiac::createOrganization(context, organization); });
}

Result<std::vector<OrganizationOverview>> Authority::organizations() {
    return inside_->asOperator(
        [](Context& context) -> Result<std::vector<OrganizationOverview>> { return organizationsOf(context); });
}

Result<std::int64_t> Authority::newestEvent() {
    return inside_->database->read([](store::Transaction& sql) -> Result<std::int64_t> {
        const auto row = sql.one("SELECT COALESCE(SUM(events), 0) FROM organizations WHERE kind = 'organization'");
        return row ? row->get<std::int64_t>(0) : 0;
    });
}

Status Authority::setLicence(std::string_view organization, const LicenceChanges& changes) {
    return inside_->asOperator([&](Context& context) { return kodiac::setLicence(context, organization, changes); });
}

Result<crypto::SecretBytes> Authority::renewAdministratorCode(std::string_view organization) {
    return inside_->asOperator([&](Context& context) { return kodiac::renewAdministratorCode(context, organization); });
}

Outbox Authority::outbox() { return {*inside_->database, inside_->services.atRest}; }

} // namespace ssprotect::kodiac
