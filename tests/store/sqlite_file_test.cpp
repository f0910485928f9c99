#include "shelf.h"
#include "support/odd_files.h"

#include <filesystem>

namespace ssprotect::store {
namespace {

class SqliteFileTest : public Shelf {};

TEST_F(SqliteFileTest, ItsTimeIsTheClocks) {
    auto database = open();
    clock_.advance(std::chrono::hours(1));
    auto status = database->read([&](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.now(), clock_.now());
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_F(SqliteFileTest, ItsFilesAreForTheOwnerOnly) {
    if (!support::filesBecomePrivate())
        GTEST_SKIP() << "folders hand no access lists down here";
    auto database = open();
    ASSERT_TRUE(add(*database, "a").ok());
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        EXPECT_TRUE(files_->info(entry.path())->ownerOnly) << entry.path();
        ++seen;
    }
    EXPECT_GE(seen, 2u); // with the log beside it
}

// Pages that a statement, or a savepoint, may have to restore.
TEST_F(SqliteFileTest, NothingOfItLiesInATempFolder) {
    const std::filesystem::path opened = "/proc/self/fd";
    if (!std::filesystem::exists(opened))
        GTEST_SKIP() << "this system does not list what a process has open";
    auto database = open();
    const std::string name(1000, 'x');
    auto fill = [&](Transaction& transaction) -> Status {
        for (int i = 0; i < 1000; ++i)
            transaction.post("INSERT INTO boxes (name, weight) VALUES ($1, 1)", {name + std::to_string(i)});
        return {};
    };
    ASSERT_TRUE(database->write(fill).ok());
    auto changeAll = [&](Transaction& transaction) -> Status {
        return transaction.attempt([&]() -> Status {
            transaction.execute("UPDATE boxes SET weight = 2");
            for (const auto& entry : std::filesystem::directory_iterator(opened)) {
                std::error_code gone; // the iterator's own
                const auto target = std::filesystem::read_symlink(entry.path(), gone);
                EXPECT_EQ(target.string().find("/etilqs_"), std::string::npos) << target;
            }
            return {};
        });
    };
    ASSERT_TRUE(database->write(changeAll).ok());
}

TEST_F(SqliteFileTest, SomethingThatIsNoDatabaseIsDamageAndLeftAlone) {
    const Bytes text = copyOf(viewOf(std::string(4096, 'x')));
    ASSERT_TRUE(platform::writeWhole(*files_, file(), text).ok());
    EXPECT_EQ(tryOpen(options()).error().code, ErrorCode::dataDamaged);
    EXPECT_EQ(*platform::readWhole(*files_, file(), 1 << 20), text);
}

} // namespace
} // namespace ssprotect::store
