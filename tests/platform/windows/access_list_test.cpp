#include "platform/windows/access_list.h"
#include "platform/windows/process_guard.h"

#include <sddl.h>
#include <string>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

constexpr const wchar_t* kUser = L"S-1-5-21-1-2-3-1001";

Descriptor describe(const std::wstring& sddl) {
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    EXPECT_NE(
        ::ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1, &descriptor, nullptr),
        FALSE);
    return Descriptor(descriptor);
}

bool isPrivateFor(const wchar_t* user, const std::wstring& sddl) {
    PSID sid = nullptr;
    EXPECT_NE(::ConvertStringSidToSidW(user, &sid), FALSE);
    const LocalMemory<void> owner(sid);
    const auto descriptor = describe(sddl);
    return descriptor && isPrivate(descriptor.get(), sid);
}

bool isPrivateWith(const std::wstring& entries) {
    return isPrivateFor(kUser, std::wstring(L"O:") + kUser + L"D:" + entries);
}

const std::wstring kMine = std::wstring(L"(A;;FA;;;") + kUser + L")";

TEST(AccessList, IsPrivateWithTheUserTheSystemAndTheAdministrators) {
    EXPECT_TRUE(isPrivateWith(kMine));
    EXPECT_TRUE(isPrivateWith(L"P" + kMine + L"(A;;FA;;;SY)(A;ID;FA;;;BA)"));
    EXPECT_TRUE(isPrivateWith(kMine + L"(A;OICIIO;GA;;;CO)(A;;FA;;;OW)"));
    EXPECT_TRUE(isPrivateWith(L"P")) << "nobody at all";
    EXPECT_TRUE(isPrivateFor(kUser, L"O:BAD:" + kMine)) << "made by an elevated program of the user";
}

TEST(AccessList, IsNotPrivateWhenOthersMayReadOrWrite) {
    for (const wchar_t* who : {L"WD", L"BU", L"AU", L"IU", L"AN", L"S-1-5-21-1-2-3-1002", L"S-1-15-2-1"}) {
        EXPECT_FALSE(isPrivateWith(kMine + L"(A;;FR;;;" + who + L")"));
        EXPECT_FALSE(isPrivateWith(kMine + L"(A;;0x2;;;" + who + L")"));
    }
    EXPECT_FALSE(isPrivateWith(kMine + L"(A;OICIIO;GR;;;BU)")) << "what will be made below is open";
}

TEST(AccessList, IsPrivateWhenOthersMayOnlySeeAttributesOrNothing) {
    EXPECT_TRUE(isPrivateWith(kMine + L"(A;;0x120080;;;WD)"));
    EXPECT_TRUE(isPrivateWith(L"(D;;FA;;;WD)" + kMine));
}

TEST(AccessList, IsNotPrivateWithoutAListOrWithAnotherOwner) {
    EXPECT_FALSE(isPrivateFor(kUser, std::wstring(L"O:") + kUser));
    EXPECT_FALSE(isPrivateFor(kUser, L"O:S-1-5-21-1-2-3-1002D:" + kMine));
}

TEST(AccessList, IsNotPrivateWhereTheListLetsEverybodyDoEverything) {
    Bytes user = userSid();
    SECURITY_DESCRIPTOR descriptor{};
    ASSERT_NE(::InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION), FALSE);
    ASSERT_NE(::SetSecurityDescriptorOwner(&descriptor, user.data(), FALSE), FALSE);
    ASSERT_NE(::SetSecurityDescriptorDacl(&descriptor, TRUE, nullptr, FALSE), FALSE);
    EXPECT_FALSE(isPrivate(&descriptor, user.data()));
}

TEST(AccessList, OfThisUserAloneIsPrivate) {
    Bytes user = userSid();
    ASSERT_FALSE(user.empty());
    for (const auto inheritance : {Inheritance::none, Inheritance::toAllBelow}) {
        const auto descriptor = ownerOnlyDescriptor(inheritance);
        ASSERT_TRUE(descriptor);
        EXPECT_TRUE(isPrivate(descriptor.get(), user.data()));
    }
    EXPECT_TRUE(isOfThisUser(::GetCurrentProcess()));
}

/// What the list gives to one SID in all.
DWORD rightsFor(PSECURITY_DESCRIPTOR descriptor, PSID who) {
    PACL list = nullptr;
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    ::GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted);
    DWORD rights = 0;
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* entry = nullptr;
        ::GetAce(list, i, &entry);
        auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
        if (::EqualSid(&allowed->SidStart, who) != FALSE)
            rights |= allowed->Mask;
    }
    return rights;
}

TEST(ProcessGuard, GivesTheUsersOtherProgramsNoWayIn) {
    const auto descriptor = processDescriptor();
    ASSERT_TRUE(descriptor);
    Bytes user = userSid();
    constexpr DWORD kDangerous = PROCESS_VM_READ | PROCESS_VM_WRITE | PROCESS_VM_OPERATION | PROCESS_DUP_HANDLE |
                                 PROCESS_CREATE_THREAD | PROCESS_CREATE_PROCESS | PROCESS_SET_INFORMATION | WRITE_DAC |
                                 WRITE_OWNER;
    EXPECT_EQ(rightsFor(descriptor.get(), user.data()), kRightsOfOthers);
    EXPECT_EQ(kRightsOfOthers & kDangerous, 0U);
    PSID rightsOfOwner = nullptr;
    ASSERT_NE(::ConvertStringSidToSidW(L"S-1-3-4", &rightsOfOwner), FALSE);
    const LocalMemory<void> sid(rightsOfOwner);
    EXPECT_EQ(rightsFor(descriptor.get(), rightsOfOwner), kRightsOfOthers) << "the owner could open it up again";
}

} // namespace
} // namespace ssprotect::platform
