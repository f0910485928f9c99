#include "post_office.h"

namespace ssprotect::kodiac {
namespace {

std::string sampleFact(std::string_view name) {
    if (name == fact::kOrganization)
        return "Müller & Söhne <Forschung>";
    if (name == fact::kActor)
        return "ada@example.org";
    if (name == fact::kAccount)
        return "carol@example.org";
    if (name == fact::kVersion)
        return "2.4.1";
    return std::string(wordsOfFact(name).front());
}

} // namespace

OutgoingMail sampleMail(MailKind kind, std::string recipient) {
    OutgoingMail mail{.kind = kind, .recipient = std::move(recipient)};
    for (const auto name : factsOf(kind))
        if (name != fact::kExpires)
            mail.facts[std::string(name)] = sampleFact(name);
    if (carriesCode(kind)) {
        mail.code = crypto::SecretBytes::copyOf(viewOf(kSampleCode));
        mail.expires = test::ManualClock().now() + std::chrono::hours(24);
    }
    return mail;
}

mail::MailSender sampleSender() {
    return {.address = "kodiac@example.org",
            .serverName = "kodiac.example.org",
            .serverUrl = "https://kodiac.example.org:8443"};
}

mail::MailComposer sampleComposer() {
    auto texts = mail::MailTexts::builtIn();
    EXPECT_TRUE(texts.ok()) << (texts ? "" : texts.error().message);
    return *mail::MailComposer::make(std::move(*texts), sampleSender());
}

PostOffice::PostOffice(Engine engine)
    : services_{random_, AtRest(crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)), random_), {}, {}} {
    if (engine == Engine::postgres)
        server_ = std::make_unique<support::PostgresSchema>();
    database_ = openAnother([this](std::string_view) -> Status {
        ++statements_;
        if (countdown_ > 0 && --countdown_ == 0)
            return makeError(ErrorCode::diskFull, "the disk is full");
        return {};
    });
}

int PostOffice::failStatement(int n) {
    countdown_ = n;
    return statements_.exchange(0);
}

std::unique_ptr<store::Database> PostOffice::openAnother(std::function<Status(std::string_view)> beforeStatement) {
    store::Options options;
    options.schema = authoritySchema();
    options.beforeStatement = std::move(beforeStatement);
    options.adjustTime = [this](TimePoint) { return clock_.now(); };
    auto database = server_ ? store::Database::openPostgres(server_->url(), *files_, clock_, std::move(options))
                            : store::Database::openSqlite(folder_ / "kodiac.db", *files_, clock_, std::move(options));
    EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
    return std::move(*database);
}

Status PostOffice::perform(const std::function<Status(Context&)>& work) {
    const Call call;
    return database_->write([&](store::Transaction& sql) -> Status {
        Context context{.sql = sql, .services = services_, .call = call, .caller = {}, .notes = {}};
        return work(context);
    });
}

void PostOffice::queue(MailKind kind, const std::string& recipient) { queue(sampleMail(kind, recipient)); }

void PostOffice::queue(const OutgoingMail& mail) {
    OutgoingMail own{.kind = mail.kind,
                     .organization = organization_,
                     .account = account_,
                     .recipient = mail.recipient,
                     .facts = mail.facts,
                     .code = mail.code.clone(),
                     .expires = mail.expires};
    const auto status = perform([&](Context& context) -> Status {
        // A server has a clock of its own.
        if (own.expires)
            own.expires =
                *own.expires - test::ManualClock().now().time_since_epoch() + context.now().time_since_epoch();
        queueMail(context, own);
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

std::optional<Delivery> PostOffice::delivery(MailKind kind) {
    std::optional<Delivery> found;
    const auto status = perform([&](Context& context) -> Status {
        found = deliveryOf(context, account_, kind);
        return {};
    });
    EXPECT_TRUE(status.ok());
    return found;
}

bool PostOffice::resend(MailKind kind) {
    bool sent = false;
    const auto status = perform([&](Context& context) -> Status {
        sent = resendMail(context, account_, kind);
        return {};
    });
    EXPECT_TRUE(status.ok());
    return sent;
}

std::vector<ClaimedMail> PostOffice::claim(std::size_t most, Duration lease) {
    auto mails = outbox().claim(most, lease);
    EXPECT_TRUE(mails.ok()) << (mails ? "" : mails.error().message);
    return mails ? std::move(*mails) : std::vector<ClaimedMail>{};
}

ClaimedMail PostOffice::claimOne() {
    auto mails = claim();
    EXPECT_EQ(mails.size(), 1u);
    return mails.empty() ? ClaimedMail{} : std::move(mails.front());
}

std::int64_t PostOffice::number(const std::string& sql) {
    std::int64_t found = -1;
    const auto status = database_->read([&](store::Transaction& transaction) -> Status {
        if (const auto row = transaction.one(sql))
            found = row->get<std::int64_t>(0);
        return {};
    });
    EXPECT_TRUE(status.ok()) << sql;
    return found;
}

std::string PostOffice::text(const std::string& sql) {
    std::string found;
    const auto status = database_->read([&](store::Transaction& transaction) -> Status {
        if (const auto row = transaction.one(sql))
            found = row->get<std::string>(0);
        return {};
    });
    EXPECT_TRUE(status.ok()) << sql;
    return found;
}

void PostOffice::alter(const std::string& sql) {
    const auto status = database_->write([&](store::Transaction& transaction) -> Status {
        transaction.execute(sql);
        return {};
    });
    EXPECT_TRUE(status.ok()) << sql;
}

} // namespace ssprotect::kodiac
