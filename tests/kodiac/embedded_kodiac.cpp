#include "database_under_test.h"
#include "https_kodiac.h"
#include "kodiac_under_test.h"
#include "ssprotect/kodiac/authority.h"
#include "support/temp_folder.h"

#include <ostream>

namespace ssprotect::kodiac {
namespace {

using MakeDatabase = std::unique_ptr<DatabaseUnderTest> (*)(const test::ManualClock&);

/// `Authority` in process.
class EmbeddedKodiac final : public KodiacUnderTest {
public:
    explicit EmbeddedKodiac(MakeDatabase make) : database_(make(clock_)) {
        if (database_)
            openAuthority();
    }

    bool isPossible() const { return database_ != nullptr; }
    Kodiac& kodiac() override { return *authority_; }
    test::ManualClock& clock() override { return clock_; }
    Authority& authority() override { return *authority_; }

    void setDisabled(std::string_view email, bool disabled) override {
        EXPECT_TRUE(authority_->setDisabled(email, disabled).ok());
    }
    void alter(const std::string& sql) override { database_->alter(sql); }
    std::map<std::string, std::vector<std::string>> content() override { return database_->content(); }

    void keepSnapshot() override {
        ASSERT_TRUE(files_->remove(snapshot()).ok());
        ASSERT_TRUE(authority_->snapshot(snapshot()).ok());
    }

    void restoreSnapshot() override {
        authority_.reset();
        database_->restore(snapshot());
        openAuthority();
    }

    void reopen() override {
        authority_.reset();
        openAuthority();
    }

    int failStatement(int n) override {
        countdown_ = n;
        return statements_.exchange(0);
    }

    void onStatement(std::function<void(std::string_view)> told) override { told_ = std::move(told); }

private:
    platform::Path snapshot() const { return folder_ / "snapshot.db"; }

    void openAuthority() {
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        settings.unknownUsers = {16, 8, 1};
        store::Options options;
        options.beforeStatement = [this](std::string_view sql) -> Status {
            ++statements_;
            if (told_)
                told_(sql);
            if (countdown_ > 0 && --countdown_ == 0)
                return makeError(ErrorCode::diskFull, "the disk is full");
            return {};
        };
        auto opened = Authority::open(database_->open(std::move(options)), random_,
                                      crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)), settings);
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        authority_ = std::move(*opened);
    }

    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<DatabaseUnderTest> database_;
    std::atomic<int> countdown_{0}; ///< set while nothing runs
    std::atomic<int> statements_{0};
    std::function<void(std::string_view)> told_;
    std::unique_ptr<Authority> authority_;
};

std::unique_ptr<KodiacUnderTest> embeddedOn(MakeDatabase make) {
    auto kodiac = std::make_unique<EmbeddedKodiac>(make);
    return kodiac->isPossible() ? std::move(kodiac) : nullptr;
}

} // namespace

void PrintTo(const Implementation& implementation, std::ostream* out) { *out << implementation.name; }

std::vector<Implementation> implementations() {
    return {{"EmbeddedOnSqlite", [] { return embeddedOn(makeSqliteDatabase); }},
            {"EmbeddedOnPostgres", [] { return embeddedOn(makePostgresDatabase); }},
            {"HttpsOnSqlite", [] { return overHttps(embeddedOn(makeSqliteDatabase)); }},
            {"HttpsOnPostgres", [] { return overHttps(embeddedOn(makePostgresDatabase)); }}};
}

} // namespace ssprotect::kodiac
