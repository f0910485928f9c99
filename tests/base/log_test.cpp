#include "ssprotect/base/log.h"
#include "ssprotect/platform/file_system.h"
#include "support/odd_files.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

namespace ssprotect {
namespace {

class FileLog : public testing::Test {
protected:
    std::string text() const {
        std::ifstream in(file());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::filesystem::path file() const { return folder_ / "test.log"; }

private:
    support::TempFolder folder_;
};

TEST_F(FileLog, IsForTheOwnerAlone) {
    if (!support::filesBecomePrivate())
        GTEST_SKIP() << "folders hand no access lists down here";
    const auto log = makeFileLog(file(), false);
    log->warn("warning");
    EXPECT_TRUE(platform::makeSystemFiles()->info(file())->ownerOnly);
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
