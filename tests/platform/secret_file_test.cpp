#include "platform/protected_bytes.h"
#include "ssprotect/platform/secret_file.h"
#include "support/fault_enumeration.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::FaultFileSystem;
using support::TempFolder;
using ::testing::HasSubstr;

constexpr std::uint64_t kLimit = 64;

TEST(SecretFile, GivesBackWhatWasWritten) {
    const TempFolder folder;
    const auto files = makeSystemFiles();
    ASSERT_TRUE(writeSecretFile(*files, folder / "secret", viewOf("device secret")).ok());
    const auto secret = readSecretFile(*files, folder / "secret", kLimit);
    ASSERT_TRUE(secret.ok());
    EXPECT_EQ(textOf(*secret), "device secret");
    EXPECT_TRUE(files->info(folder / "secret")->ownerOnly);
    EXPECT_EQ(readSecretFile(*files, folder / "none", kLimit).error().code, ErrorCode::notFound);
}

TEST(SecretFile, IsRefusedWhenOthersHaveAccessToIt) {
    for (const unsigned mode : {0640U, 0604U, 0620U, 0610U}) {
        FaultFileSystem files;
        files.seedFile("/secret", viewOf("secret"), mode);
        const auto secret = readSecretFile(files, "/secret", kLimit);
        EXPECT_EQ(secret.error().code, ErrorCode::accessDenied);
        EXPECT_THAT(secret.error().message, HasSubstr(std::string(howToMakePrivate())));
    }
}

TEST(SecretFile, IsRefusedWhenItIsTooBigToBeOne) {
    FaultFileSystem files;
    files.seedFile("/secret", Bytes(1 << 20, 'x'), 0600);
    EXPECT_EQ(readSecretFile(files, "/secret", kLimit).error().code, ErrorCode::dataDamaged);
}

TEST(SecretFile, IsOldOrNewAfterACrash) {
    support::forEachCrash(
        [] {
            auto files = std::make_unique<FaultFileSystem>();
            EXPECT_TRUE(writeSecretFile(*files, "/secret", viewOf("old")).ok());
            return files;
        },
        [](FaultFileSystem& files) { return writeSecretFile(files, "/secret", viewOf("new")); },
        [](FaultFileSystem& files) {
            const auto secret = readSecretFile(files, "/secret", kLimit);
            ASSERT_TRUE(secret.ok());
            ASSERT_THAT(std::string(textOf(*secret)), ::testing::AnyOf("old", "new"));
        });
}

} // namespace
} // namespace ssprotect::platform
