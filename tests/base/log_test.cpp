#include "ssprotect/base/log.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

namespace ssprotect {
namespace {

class FileLog : public testing::Test {
protected:
    FileLog() { std::filesystem::create_directories(folder_); }
    ~FileLog() override { std::filesystem::remove_all(folder_); }

    std::string text() const {
        std::ifstream in(file());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::filesystem::path file() const { return folder_ / "test.log"; }

private:
    std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("ssprotect-log-") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(FileLog, IsForTheOwnerAlone) {
    const auto log = makeFileLog(file(), false);
    log->warn("warning");
    using std::filesystem::perms;
    const perms mode = std::filesystem::status(file()).permissions();
    EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none);
}

TEST_F(FileLog, HoldsWarningsAtOnceAndDebugTextOnlyWhenAsked) {
    auto log = makeFileLog(file(), false);
    log->debug("detail");
    log->warn("warning");
    EXPECT_NE(text().find("warning"), std::string::npos);
    EXPECT_EQ(text().find("detail"), std::string::npos);
    log = makeFileLog(file(), true);
    log->debug("detail");
    log->flush();
    EXPECT_NE(text().find("detail"), std::string::npos);
}

TEST(NullLog, TakesEverything) { makeNullLog()->error("nowhere"); }

} // namespace
} // namespace ssprotect
