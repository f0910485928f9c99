#include "ssprotect/base/log.h"
#include "ssprotect/platform/file_system.h"
#include "support/odd_files.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
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

class JsonLog : public testing::Test {
protected:
    /// What a log of that level writes; it is made while standard error is watched, as it keeps what it finds there.
    static std::string said(std::string_view level, const std::function<void(Log&)>& say) {
        testing::internal::CaptureStderr();
        const auto log = makeJsonLog();
        EXPECT_TRUE(setLogLevel(*log, level).ok());
        say(*log);
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(JsonLog, WritesEachMessageAsOneObject) {
    const auto text = said("info", [](Log& log) { log.info("request operation=file.open ms=3 in=0x"); });
    ASSERT_EQ(text.find('\n'), text.size() - 1);
    const auto line = nlohmann::json::parse(text);
    EXPECT_EQ(line["level"], "info");
    EXPECT_EQ(line["event"], "request");
    EXPECT_EQ(line["operation"], "file.open");
    EXPECT_EQ(line["ms"], 3);
    EXPECT_EQ(line["in"], "0x");
    EXPECT_EQ(line["time"].get<std::string>().size(), std::string("2026-01-31T08:15:00.123Z").size());
}

TEST_F(JsonLog, KeepsAMessageOnItsLineWhateverItHolds) {
    const auto text = said("info", [](Log& log) { log.warn("odd \"words\"\n{{\xff and=a b level=high"); });
    ASSERT_EQ(text.find('\n'), text.size() - 1);
    const auto line = nlohmann::json::parse(text);
    EXPECT_EQ(line["level"], "warning");
    EXPECT_EQ(line["and"], "a b");
    EXPECT_EQ(line["level_"], "high");
}

TEST_F(JsonLog, WritesWhatItsLevelAllows) {
    EXPECT_EQ(said("info", [](Log& log) { log.debug("detail"); }), "");
    EXPECT_NE(said("debug", [](Log& log) { log.debug("detail"); }), "");
    EXPECT_EQ(said("error", [](Log& log) { log.warn("warning"); }), "");
    EXPECT_FALSE(setLogLevel(*makeNullLog(), "loud").ok());
}

TEST(NullLog, TakesEverything) { makeNullLog()->error("nowhere"); }

} // namespace
} // namespace ssprotect
