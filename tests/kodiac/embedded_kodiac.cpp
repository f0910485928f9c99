#include "kodiac_under_test.h"
#include "ssprotect/kodiac/authority.h"
#include "support/temp_folder.h"

#include <ostream>

namespace ssprotect::kodiac {
namespace {

constexpr std::array kTables{
    "accounts", "audit", "content_keys", "delegates", "edit_locks", "enhanced_logins", "events", "files", "grants",
    "host_requests", "hosts", "lock_waiters", "login_delays", "mails", "member_keys", "meta", "nonces",
    "organizations", "passwords", "profiles", "registration_codes", "replies", "root_transfers", "sessions",
    "share_roots", "vaults", "versions"};

/// `Authority` in process, on SQLite.
class EmbeddedKodiac final : public KodiacUnderTest {
public:
    EmbeddedKodiac() { openAuthority(); }

    Kodiac& kodiac() override { return *authority_; }
    test::ManualClock& clock() override { return clock_; }

    void setDisabled(std::string_view email, bool disabled) override {
        EXPECT_TRUE(authority_->setDisabled(email, disabled).ok());
    }

    void alter(const std::string& sql) override {
        auto status = connect({})->write([&](store::Transaction& transaction) -> Status {
            transaction.execute(sql);
            return {};
        });
        EXPECT_TRUE(status.ok()) << sql;
    }

    std::map<std::string, std::vector<std::string>> content() override {
        std::map<std::string, std::vector<std::string>> content;
        auto status = connect({})->read([&](store::Transaction& transaction) -> Status {
            for (const std::string table : kTables)
                content[table] = rowsOf(transaction, table);
            return {};
        });
        EXPECT_TRUE(status.ok());
        return content;
    }

    void keepSnapshot() override {
        ASSERT_TRUE(files_->remove(snapshot()).ok());
        ASSERT_TRUE(authority_->snapshot(snapshot()).ok());
    }

    void restoreSnapshot() override {
        authority_.reset();
        ASSERT_TRUE(store::restoreSqlite(snapshot(), file(), *files_).ok());
        openAuthority();
    }

    void reopen() override {
        authority_.reset();
        openAuthority();
    }

    int failStatement(int n) override {
        countdown_ = n;
        return std::exchange(statements_, 0);
    }

private:
    platform::Path file() const { return folder_ / "kodiac.db"; }
    platform::Path snapshot() const { return folder_ / "snapshot.db"; }

    std::unique_ptr<store::Database> connect(std::function<Status(std::string_view)> beforeStatement) {
        store::Options options;
        options.schema = authoritySchema();
        options.beforeStatement = std::move(beforeStatement);
        auto database = store::Database::openSqlite(file(), *files_, clock_, std::move(options));
        EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
        return std::move(*database);
    }

    void openAuthority() {
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        settings.unknownUsers = {16, 8, 1};
        auto database = connect([this](std::string_view) -> Status {
            ++statements_;
            if (countdown_ > 0 && --countdown_ == 0)
                return makeError(ErrorCode::diskFull, "the disk is full");
            return {};
        });
        auto opened = Authority::open(std::move(database), random_,
                                      crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)), settings);
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        authority_ = std::move(*opened);
    }

    static std::vector<std::string> rowsOf(store::Transaction& transaction, const std::string& table) {
        std::string columns;
        for (const auto& column : transaction.all("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid"))
            columns += (columns.empty() ? "" : " || '|' || ") + ("quote(" + column.get<std::string>(0) + ")");
        std::vector<std::string> rows;
        for (const auto& row : transaction.all("SELECT " + columns + " FROM " + table + " ORDER BY 1"))
            rows.push_back(row.get<std::string>(0));
        return rows;
    }

    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    int countdown_ = 0;
    int statements_ = 0;
    std::unique_ptr<Authority> authority_;
};

} // namespace

void PrintTo(const Implementation& implementation, std::ostream* out) { *out << implementation.name; }

std::vector<Implementation> implementations() {
    return {{"EmbeddedOnSqlite", [] { return std::make_unique<EmbeddedKodiac>(); }}};
}

} // namespace ssprotect::kodiac
