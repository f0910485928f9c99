#include "ssprotect/kodiac/authority.h"

#include "corridor.h"
#include "login_session.h"
#include "operation_table.h"
#include "shares.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kServerSecretSize = 32;
constexpr std::string_view kServerSecretKind = "server-secret";
constexpr std::string_view kMarkSnapshot = "INSERT INTO meta (name, value) VALUES ('snapshot', x'01')";

// What no session asked for is audited in the name of the operator.
void auditOperator(store::Transaction& sql, std::string_view operation, const std::optional<AccountId>& account) {
    sql.execute("INSERT INTO audit (at, account, proven, operation, result) VALUES ($1, $2, 1, $3, 'ok')",
                {sql.now(), account, operation});
}

// Also the proof that the master key is the one the database was made with.
Result<crypto::SecretBytes> serverSecret(store::Transaction& sql, const AtRest& atRest, Random& random) {
    if (const auto row = sql.one("SELECT value FROM meta WHERE name = $1", {kServerSecretKind}))
        return atRest.open(kServerSecretKind, {}, row->get<Bytes>(0));
    crypto::SecretBytes secret(kServerSecretSize);
    random.fill(secret.bytes());
    const auto made = sql.execute("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                  {kServerSecretKind, atRest.seal(kServerSecretKind, {}, secret)});
    if (made == 0 && !sql.fault()) // another daemon, started at the same time, was faster
        return serverSecret(sql, atRest, random);
    return secret;
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
    context.sql.execute("UPDATE hosts SET sealed = NULL, next_counter = 0, failures = 0, retry_at = 0");
    context.sql.execute("DELETE FROM replies");
    context.sql.execute("DELETE FROM nonces");
    context.sql.execute("DELETE FROM meta WHERE name = 'snapshot'");
    auditOperator(context.sql, "operator.restore", std::nullopt);
}

} // namespace

struct Authority::Inside {
    std::unique_ptr<store::Database> database;
    Services services;

    Status restored(bool onlySnapshots) {
        return database->write([&](store::Transaction& sql) -> Status {
            if (onlySnapshots && !sql.one("SELECT 1 FROM meta WHERE name = 'snapshot' FOR UPDATE"))
                return {};
            const Call nobody;
            Context context{.sql = sql, .services = services, .call = nobody, .caller = {}, .notes = {}};
            makeNewAfterRestore(context);
            return {};
        });
    }
};

Authority::Authority(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Authority::~Authority() = default;

Result<std::unique_ptr<Authority>> Authority::open(std::unique_ptr<store::Database> database, Random& random,
                                                   crypto::SecretBytes masterKey, AuthoritySettings settings) {
    if (masterKey.size() != kMasterKeySize)
        return makeError(ErrorCode::invalidInput, "KODiAC's master key has 32 bytes");
    AtRest atRest(std::move(masterKey), random);
    auto secret = database->write(
        [&](store::Transaction& sql) -> Result<crypto::SecretBytes> { return serverSecret(sql, atRest, random); });
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
        return std::move(written).error();
    return std::move(*outcome);
}

crypto::Sha256Digest Authority::channelBinding() const { return {}; }

Status Authority::snapshot(const platform::Path& file) { return inside_->database->snapshotTo(file, kMarkSnapshot); }

Status Authority::afterRestore() { return inside_->restored(false); }

Status Authority::setDisabled(std::string_view email, bool disabled) {
    return inside_->database->write([&](store::Transaction& sql) -> Status {
        const auto row =
            sql.one("UPDATE accounts SET disabled = $2 WHERE email_key = $1 RETURNING id", {emailKey(email), disabled});
        if (!row)
            return makeError(ErrorCode::notFound, "there is no account with this e-mail");
        auditOperator(sql, disabled ? "operator.disable" : "operator.enable", row->get<AccountId>(0));
        return {};
    });
}

Outbox Authority::outbox() { return {*inside_->database, inside_->services.atRest}; }

} // namespace ssprotect::kodiac
