#pragma once

#include "kodiac/at_rest.h"
#include "kodiac/outbox.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/mail/mail_composer.h"
#include "ssprotect/kodiac/outbox.h"
#include "support/manual_clock.h"
#include "support/postgres_schema.h"
#include "support/temp_folder.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace ssprotect::kodiac {

enum class Engine { sqlite, postgres };

/// A mail with every fact that its kind needs, and a code where one belongs.
OutgoingMail sampleMail(MailKind kind, std::string recipient = "bob@example.org");
constexpr std::string_view kSampleCode = "Q7KD-93XM-PT2V";

mail::MailSender sampleSender();
mail::MailComposer sampleComposer();

/// A database with an outbox, on one engine, and a clock that moves its time.
class PostOffice {
public:
    explicit PostOffice(Engine engine = Engine::sqlite);

    test::ManualClock& clock() { return clock_; }
    const AccountId& account() const { return account_; }
    const OrganizationId& organization() const { return organization_; }

    /// Another process' door to the same mails.
    std::unique_ptr<store::Database> openAnother(std::function<Status(std::string_view)> beforeStatement = {});
    store::Database& database() { return *database_; }
    Outbox outboxOf(store::Database& database) const { return {database, services_.atRest}; }
    Outbox outbox() const { return outboxOf(*database_); }

    /// Runs work as an operation would: in a transaction, with the context of a call.
    Status perform(const std::function<Status(Context&)>& work);
    void queue(MailKind kind, const std::string& recipient = "bob@example.org");
    void queue(const OutgoingMail& mail);
    std::optional<Delivery> delivery(MailKind kind);
    bool resend(MailKind kind);

    /// All that is due; fails the test on an Error.
    std::vector<ClaimedMail> claim(std::size_t most = 100, Duration lease = std::chrono::minutes(5));
    /// The one mail that is due.
    ClaimedMail claimOne();

    /// One number or text out of the database.
    std::int64_t number(const std::string& sql);
    std::string text(const std::string& sql);
    void alter(const std::string& sql);

    /// The n-th statement from now on fails, once; 0: none does. Returns the statements that ran since the last call.
    int failStatement(int n);

    platform::FileSystem& files() { return *files_; }
    const support::TempFolder& folder() const { return folder_; }

private:
    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<support::PostgresSchema> server_;
    Services services_;
    AccountId account_ = AccountId::random(random_);
    OrganizationId organization_ = OrganizationId::random(random_);
    std::atomic<int> countdown_ = 0;
    std::atomic<int> statements_ = 0;
    std::unique_ptr<store::Database> database_;
};

} // namespace ssprotect::kodiac
