#include "class_ids.h"
#include "registry_entries.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

const std::wstring kDll = L"C:\\Program Files\\SSProtect\\ssprotect-shell.dll";

bool removes(const RegistryTraces& traces, const RegistryEntry& entry) {
    const auto below = [&](const std::wstring& key) { return entry.key == key || entry.key.starts_with(key + L"\\"); };
    return std::ranges::any_of(traces.keys, below) || std::ranges::any_of(traces.values, [&](const auto& value) {
               return value.key == entry.key && value.name == entry.name;
           });
}

TEST(RegistryEntries, AreAllTakenAwayAgain) {
    const auto traces = registryTraces();
    for (const auto& entry : registryEntries(kDll))
        EXPECT_TRUE(removes(traces, entry)) << ::testing::PrintToString(entry.key);
}

TEST(RegistryEntries, TakeAwayNoKeyOfOthers) {
    for (const auto& key : registryTraces().keys)
        EXPECT_TRUE(key.find(L"SSProtect") != std::wstring::npos || key.find(L"\\CLSID\\{") != std::wstring::npos);
}

TEST(RegistryEntries, ClaimTwoOverlaySlotsAndTheDefaultVerb) {
    int overlays = 0;
    bool defaultVerb = false;
    for (const auto& entry : registryEntries(kDll)) {
        overlays += entry.key.find(L"ShellIconOverlayIdentifiers") != std::wstring::npos ? 1 : 0;
        defaultVerb = defaultVerb || entry.key.ends_with(std::wstring(kMenuClass) + L"\\shellex\\MayChangeDefaultMenu");
    }
    EXPECT_EQ(overlays, 2);
    EXPECT_TRUE(defaultVerb);
}

TEST(RegistryEntries, NameTheDllForEachClass) {
    const auto entries = registryEntries(kDll);
    for (const auto* id : {kMenuClass, kRedClass, kYellowClass, kPageClass, kCommandClass})
        EXPECT_TRUE(std::ranges::any_of(entries, [&](const RegistryEntry& entry) {
            return entry.key.ends_with(std::wstring(id) + L"\\InprocServer32") && entry.value == kDll;
        }));
}

} // namespace
} // namespace ssprotect::shellext
