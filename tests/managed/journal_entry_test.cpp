#include "managed/journal_entry.h"
#include "support/seeded_random.h"

#include <string>

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

JournalEntry someEntry() {
    test::SeededRandom random(3);
    JournalEntry entry;
    entry.id = "00112233445566778899aabbccddeeff";
    entry.account = AccountId::random(random);
    random.fill(entry.recipient);
    entry.container = platform::Path("/home/anna/Akte \xc3\xa4\xff\n.odt");
    entry.workspace = "/run/user/1000/ssprotect-ab/00112233445566778899aabbccddeeff";
    entry.name = platform::Path("Akte \xc3\xa4\xff\n.odt");
    random.fill(entry.identity);
    entry.opened = {12'345, -7};
    entry.since = fromUnixMillis(1'770'000'000'123);
    entry.boot = "boot";
    entry.program = "writer";
    entry.processes = {{4711, 123'456'789'012}, {1, 0}};
    return entry;
}

void expectSame(const JournalEntry& a, const JournalEntry& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.recipient, b.recipient);
    EXPECT_EQ(a.container, b.container);
    EXPECT_EQ(a.workspace, b.workspace);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.identity, b.identity);
    EXPECT_EQ(a.grant, b.grant);
    EXPECT_EQ(a.opened, b.opened);
    EXPECT_EQ(a.since, b.since);
    EXPECT_EQ(a.boot, b.boot);
    EXPECT_EQ(a.program, b.program);
    EXPECT_EQ(a.processes, b.processes);
    EXPECT_EQ(a.closed, b.closed);
    EXPECT_EQ(a.storing, b.storing);
    EXPECT_EQ(a.deleted, b.deleted);
    ASSERT_EQ(a.extras.size(), b.extras.size());
    for (std::size_t i = 0; i < a.extras.size(); ++i) {
        EXPECT_EQ(a.extras[i].name, b.extras[i].name);
        EXPECT_EQ(a.extras[i].save, b.extras[i].save);
    }
}

TEST(JournalEntry, ComesBackAsItWasWritten) {
    JournalEntry entry = someEntry();
    auto back = decode(encode(entry));
    ASSERT_TRUE(back);
    expectSame(*back, entry);

    test::SeededRandom random(4);
    entry.grant = GrantId::random(random);
    entry.storing.emplace(FileId::random(random), 4'000'000'000u);
    entry.closed = true;
    entry.deleted = true;
    entry.extras = {{"pictures/a.png", "x-1"}, {"b.pdf", "x-2"}};
    back = decode(encode(entry));
    ASSERT_TRUE(back);
    expectSame(*back, entry);
}

TEST(JournalEntry, IsRefusedWhereAFieldIsMissingOrOdd) {
    const Bytes whole = encode(someEntry());
    const std::string text{textOf(whole)};
    for (std::size_t at = text.find("\":"); at != std::string::npos; at = text.find("\":", at + 1)) {
        std::string odd = text;
        odd.insert(at, "x"); // another name of the field
        EXPECT_EQ(decode(viewOf(odd)).error().code, ErrorCode::dataDamaged) << odd;
        if (text.compare(at + 2, 2, "[]") == 0)
            continue;
        odd = text;
        odd.insert(at + 2, "[").insert(odd.find_first_of(",}", at + 3), "]"); // a list in its place
        EXPECT_FALSE(decode(viewOf(odd))) << odd;
    }
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_EQ(decode(viewOf(text).first(size)).error().code, ErrorCode::dataDamaged);
}

TEST(JournalEntry, LeadsNowhereButBelowItsFolders) {
    JournalEntry entry = someEntry();
    entry.extras = {{"../above", "x-1"}};
    EXPECT_FALSE(decode(encode(entry)));
    entry.extras = {{"/etc/passwd", "x-1"}};
    EXPECT_FALSE(decode(encode(entry)));
    entry.extras.clear();
    entry.name = "../document";
    EXPECT_FALSE(decode(encode(entry)));
}

} // namespace
} // namespace ssprotect::managed
