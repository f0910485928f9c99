#include "shelf.h"
#include "ssprotect/platform/narrow_path.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Another process, as the database sees it.
class Stranger {
public:
    explicit Stranger(const platform::Path& file) {
        EXPECT_EQ(sqlite3_open(platform::narrowPath(file).c_str(), &handle_), SQLITE_OK);
    }
    ~Stranger() { sqlite3_close(handle_); }
    void run(const char* sql) { EXPECT_EQ(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql; }

private:
    sqlite3* handle_ = nullptr;
};

class BusyTest : public Shelf {};

TEST_F(BusyTest, WaitsUntilTheOtherProcessIsDoneAndRunsTheWorkAgain) {
    std::unique_ptr<Stranger> stranger;
    int pauses = 0;
    Options patient = options();
    patient.pause = [&](Duration) {
        if (++pauses == 3)
            stranger->run("COMMIT");
    };
    auto database = open(patient);
    stranger = std::make_unique<Stranger>(file());
    stranger->run("BEGIN IMMEDIATE");
    EXPECT_TRUE(add(*database, "mine").ok());
    EXPECT_EQ(pauses, 3);
    EXPECT_THAT(names(*database), ElementsAre("mine"));
}

TEST_F(BusyTest, SaysReadablyThatItIsBusyWhenPatienceEnds) {
    Duration waited{0};
    Options patient = options();
    patient.pause = [&](Duration pause) { waited += pause; };
    auto database = open(patient);
    Stranger stranger(file());
    stranger.run("BEGIN IMMEDIATE");
    const auto status = add(*database, "mine");
    EXPECT_EQ(status.error().code, ErrorCode::fileBusy);
    EXPECT_THAT(status.error().message, HasSubstr("the shelf is busy"));
    EXPECT_GE(waited, patient.patience);
    EXPECT_LT(waited, patient.patience * 2);
    stranger.run("ROLLBACK");
    EXPECT_THAT(names(*database), IsEmpty());
    EXPECT_TRUE(add(*database, "later").ok());
}

TEST_F(BusyTest, ReadsWhileTheOtherProcessWrites) {
    auto database = open();
    ASSERT_TRUE(add(*database, "old").ok());
    Stranger stranger(file());
    stranger.run("BEGIN IMMEDIATE");
    stranger.run("INSERT INTO boxes (name) VALUES ('unborn')");
    EXPECT_THAT(names(*database), ElementsAre("old"));
    stranger.run("COMMIT");
    EXPECT_THAT(names(*database), ElementsAre("old", "unborn"));
}

TEST_F(BusyTest, AnErrorOfTheWorkIsNotTakenForABusyDatabase) {
    auto database = open();
    int runs = 0;
    auto status = database->write([&](Transaction&) -> Status {
        ++runs;
        return makeError(ErrorCode::fileBusy, "some other file");
    });
    EXPECT_EQ(status.error().code, ErrorCode::fileBusy);
    EXPECT_EQ(runs, 1);
}

} // namespace
} // namespace ssprotect::store
