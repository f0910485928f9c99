#include "ipc/windows/process_user.h"
#include "ipc/windows/run_folder.h"
#include "ipc/windows/security.h"
#include "ipc/windows/server_image.h"
#include "pipe_world.h"
#include "raw_pipe.h"

#include <sddl.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

const ProcessUser kAnna{L"S-1-5-21-1-2-3-1001", 7, SECURITY_MANDATORY_MEDIUM_RID};

ProcessUser annaAt(DWORD integrity) { return {kAnna.sid, kAnna.logonSession, integrity}; }

TEST(Peer, OfTheSameUserMayTalk) {
    EXPECT_TRUE(mayTalk(kAnna, kAnna));
    EXPECT_TRUE(mayTalk(kAnna, annaAt(SECURITY_MANDATORY_HIGH_RID)));
    EXPECT_TRUE(mayTalk(annaAt(SECURITY_MANDATORY_HIGH_RID), kAnna));
    EXPECT_TRUE(mayTalk(kAnna, ProcessUser{kAnna.sid, 8, SECURITY_MANDATORY_MEDIUM_RID}));
}

TEST(Peer, OfAnotherUserMayNot) {
    EXPECT_FALSE(mayTalk(kAnna, ProcessUser{L"S-1-5-21-1-2-3-1002", 7, SECURITY_MANDATORY_MEDIUM_RID}));
    EXPECT_FALSE(mayTalk(kAnna, ProcessUser{L"S-1-5-18", 7, SECURITY_MANDATORY_SYSTEM_RID}));
    EXPECT_FALSE(mayTalk(kAnna, ProcessUser{L"", 7, SECURITY_MANDATORY_MEDIUM_RID}));
}

TEST(Peer, ThatNobodyKnowsMayNot) { EXPECT_FALSE(mayTalk(kAnna, std::nullopt)); }

TEST(Peer, InASandboxMayNot) {
    EXPECT_FALSE(mayTalk(kAnna, annaAt(SECURITY_MANDATORY_LOW_RID)));
    EXPECT_FALSE(mayTalk(kAnna, annaAt(SECURITY_MANDATORY_UNTRUSTED_RID)));
    EXPECT_TRUE(mayTalk(annaAt(SECURITY_MANDATORY_LOW_RID), annaAt(SECURITY_MANDATORY_LOW_RID)));
}

TEST(Server, IsOneOfThisInstallationOnlyInTheSameFolder) {
    const std::wstring own = LR"(C:\Program Files\SSProtect\ssprotect-shell.dll)";
    EXPECT_TRUE(liesBeside(LR"(C:\Program Files\SSProtect\ssprotect-tray.exe)", own));
    EXPECT_TRUE(liesBeside(LR"(c:\PROGRAM FILES\ssprotect\ssprotect-tray.exe)", own));
    EXPECT_TRUE(liesBeside(LR"(\\?\C:\Program Files\SSProtect\ssprotect-tray.exe)", own));
    EXPECT_FALSE(liesBeside(LR"(C:\Users\Eve\ssprotect-tray.exe)", own));
    EXPECT_FALSE(liesBeside(LR"(C:\Program Files\SSProtect\below\ssprotect-tray.exe)", own));
    EXPECT_FALSE(liesBeside(LR"(C:\Program Files\ssprotect-tray.exe)", own));
    EXPECT_FALSE(liesBeside(L"", own));
    EXPECT_FALSE(liesBeside(L"", L""));
}

TEST(Server, IsKnownByItsImage) {
    EXPECT_TRUE(liesBeside(imageOf(::GetCurrentProcessId()), ownModule()));
    EXPECT_TRUE(imageOf(0).empty());
}

TEST(Peer, IsKnownByItsProcess) {
    const auto own = ownUser();
    ASSERT_TRUE(own.ok());
    EXPECT_THAT(own->sid, ::testing::StartsWith(L"S-1-"));
    const auto same = userOfProcess(::GetCurrentProcessId());
    ASSERT_TRUE(same.has_value());
    EXPECT_EQ(same->sid, own->sid);
    EXPECT_EQ(same->logonSession, own->logonSession);
    EXPECT_FALSE(userOfProcess(0).has_value());
}

TEST(PipeSecurity, NamesThisUserAloneAndNoNetworkAndNoSandbox) {
    EXPECT_EQ(pipeSecurityText(kAnna), L"O:S-1-5-21-1-2-3-1001G:S-1-5-21-1-2-3-1001"
                                       L"D:P(D;;GA;;;NU)(A;;GA;;;S-1-5-21-1-2-3-1001)S:(ML;;NWNR;;;ME)");
    EXPECT_TRUE(Security::of(pipeSecurityText(kAnna)).ok());
}

TEST(PipeName, IsTheSameHoweverTheHomeIsWritten) {
    support::TempFolder folder;
    std::filesystem::create_directories(folder / "home/inner");
    const auto name = pipeName(Endpoint(folder / "home"));
    ASSERT_TRUE(name.ok());
    EXPECT_THAT(*name, ::testing::StartsWith(LR"(\\.\pipe\ssprotect.)"));
    EXPECT_EQ(pipeName(Endpoint(folder / "HOME")).value(), *name);
    EXPECT_EQ(pipeName(Endpoint(folder / "home/inner/..")).value(), *name);
    EXPECT_NE(pipeName(Endpoint(folder / "home/inner")).value(), *name);
    EXPECT_EQ(pipeName(Endpoint(folder / "nowhere")).error().code, ErrorCode::noTrayProcess);
}

TEST(PipeSecurity, IsOnThePipeItself) {
    PipeWorld world;
    const auto name = pipeName(world.endpoint());
    ASSERT_TRUE(name.ok());
    const UniqueHandle pipe(
        ::CreateFileW(name->c_str(), GENERIC_READ | READ_CONTROL, 0, nullptr, OPEN_EXISTING, 0, nullptr));
    ASSERT_TRUE(static_cast<bool>(pipe));
    std::array<std::byte, 4096> descriptor{};
    DWORD size = 0;
    ASSERT_TRUE(::GetKernelObjectSecurity(pipe.get(), OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                          descriptor.data(), descriptor.size(), &size));
    LPWSTR text = nullptr;
    ASSERT_TRUE(::ConvertSecurityDescriptorToStringSecurityDescriptorW(
        descriptor.data(), SDDL_REVISION_1, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &text, nullptr));
    const std::wstring said(text);
    ::LocalFree(text);
    EXPECT_THAT(said, ::testing::HasSubstr(ownUser().value().sid));
    EXPECT_EQ(said.find(L";WD)"), std::wstring::npos) << "everybody";
}

} // namespace
} // namespace ssprotect::ipc
