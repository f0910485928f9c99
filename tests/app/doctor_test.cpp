#include "home.h"
#include "support/odd_files.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

Json findingsOf(Home& home, bool repair = false) { return home.must("doctor", {{"repair", repair}})["findings"]; }

const Json* find(const Json& findings, const std::string& code) {
    for (const auto& finding : findings)
        if (finding["code"] == code)
            return &finding;
    return nullptr;
}

TEST(Doctor, WarnsOfAMissingBackupUntilThereIsOne) {
    Home home;
    home.createAccount();
    auto findings = findingsOf(home);
    ASSERT_NE(find(findings, "backup-old"), nullptr);
    EXPECT_EQ(home.must("doctor")["ok"], false);

    home.must("backup", {{"file", textOf(home.documents() / "b.sspbackup")}});
    findings = findingsOf(home);
    EXPECT_EQ(find(findings, "backup-old"), nullptr);
    EXPECT_EQ(home.must("doctor")["ok"], true);
}

TEST(Doctor, ClosesAHomeThatOthersMayEnter) {
    Home home;
    support::letOthersIn(home.home());
    auto findings = findingsOf(home);
    ASSERT_NE(find(findings, "home-open-to-others"), nullptr);
    EXPECT_EQ((*find(findings, "home-open-to-others"))["repaired"], false);

    findings = findingsOf(home, true);
    EXPECT_EQ((*find(findings, "home-open-to-others"))["repaired"], true);
    findings = findingsOf(home);
    EXPECT_EQ(find(findings, "home-open-to-others"), nullptr);
}

TEST(Doctor, NamesDamagedFilesOfTheHostlist) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    auto findings = findingsOf(home);
    EXPECT_EQ(find(findings, "damaged"), nullptr);
    std::filesystem::resize_file(document, std::filesystem::file_size(document) - 1);
    findings = findingsOf(home);
    ASSERT_NE(find(findings, "damaged"), nullptr);
    EXPECT_NE((*find(findings, "damaged"))["message"].get<std::string>().find("a.txt"), std::string::npos);
}

} // namespace
} // namespace ssprotect::app::test
