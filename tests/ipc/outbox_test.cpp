#include "ipc/outbox.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

WipedBytes frame(std::string_view text) { return {text.begin(), text.end()}; }

std::string drain(Outbox& box) {
    std::string all;
    while (!box.empty()) {
        const auto next = box.next();
        all += textOf(next);
        box.written(next.size());
    }
    return all;
}

TEST(Outbox, FramesLeaveInTheOrderTheyCame) {
    Outbox box;
    box.push(frame("a"));
    box.pushLatest("progress", frame("b"));
    box.push(frame("c"));
    EXPECT_EQ(box.bytes(), 3u);
    EXPECT_EQ(drain(box), "abc");
    EXPECT_EQ(box.bytes(), 0u);
}

TEST(Outbox, AWaitingFrameOfTheSameTopicIsReplaced) {
    Outbox box;
    box.push(frame("a"));
    box.pushLatest("one", frame("1"));
    box.pushLatest("two", frame("2"));
    box.pushLatest("one", frame("111"));
    EXPECT_EQ(box.bytes(), 5u);
    EXPECT_EQ(drain(box), "a1112");
}

TEST(Outbox, AFrameThatIsBeingWrittenIsNotReplaced) {
    Outbox box;
    box.pushLatest("one", frame("old"));
    box.next();
    box.written(1);
    box.pushLatest("one", frame("new"));
    EXPECT_EQ(drain(box), "ldnew");
}

TEST(Outbox, ATopicMayComeAgainAfterItLeft) {
    Outbox box;
    box.pushLatest("one", frame("1"));
    EXPECT_EQ(drain(box), "1");
    box.pushLatest("one", frame("2"));
    EXPECT_EQ(drain(box), "2");
}

TEST(Outbox, ShortWritesContinueWhereTheyStopped) {
    Outbox box;
    box.push(frame("abcdef"));
    box.written(2);
    EXPECT_EQ(textOf(box.next()), "cdef");
    EXPECT_EQ(box.bytes(), 6u);
    box.written(4);
    EXPECT_TRUE(box.empty());
}

TEST(Outbox, AClearedBoxIsAsNew) {
    Outbox box;
    box.pushLatest("one", frame("abc"));
    box.next();
    box.written(1);
    box.clear();
    EXPECT_TRUE(box.empty());
    EXPECT_EQ(box.bytes(), 0u);
    box.pushLatest("one", frame("x"));
    EXPECT_EQ(drain(box), "x");
}

} // namespace
} // namespace ssprotect::ipc
