#include "ipc/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

WipedBytes secret(std::string_view text) { return {text.begin(), text.end()}; }

/// Feeds at most `step` bytes at a time; the bodies that come out.
std::vector<WipedBytes> assemble(FrameAssembler& assembler, ByteView wire, std::size_t step) {
    std::vector<WipedBytes> bodies;
    while (!wire.empty()) {
        const auto space = assembler.space();
        const auto count = std::min({space.size(), wire.size(), step});
        std::copy_n(wire.begin(), count, space.begin());
        EXPECT_TRUE(assembler.received(count).ok());
        wire = wire.subspan(count);
        if (auto body = assembler.take())
            bodies.push_back(std::move(*body));
    }
    return bodies;
}

Status announce(std::uint32_t length) {
    FrameAssembler assembler;
    storeBigEndian(length, assembler.space());
    return assembler.received(4);
}

TEST(Frame, TextOfEverySizeComesBack) {
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{2}, std::size_t{255}, std::size_t{256}, std::size_t{65'535}, std::size_t{65'536},
          std::size_t{65'537}, std::size_t{131'072}, kFrameLimit - 1, kFrameLimit}) {
        const std::string text(size, 'x');
        const auto frame = encodeFrame(text, {});
        ASSERT_TRUE(frame.ok()) << size;
        EXPECT_EQ(frame->size(), size + 4);
        FrameAssembler assembler;
        const auto bodies = assemble(assembler, *frame, frame->size());
        ASSERT_EQ(bodies.size(), 1u) << size;
        const auto content = decodeFrame(bodies.front());
        ASSERT_TRUE(content.ok());
        EXPECT_EQ(content->text, text);
        EXPECT_THAT(content->attachments, IsEmpty());
    }
}

TEST(Frame, MoreThanTheLimitIsNotSent) {
    EXPECT_EQ(encodeFrame(std::string(kFrameLimit + 1, 'x'), {}).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(encodeFrame(std::string(kFrameLimit, 'x'), {secret("y")}).error().code, ErrorCode::invalidInput);
}

TEST(Frame, AnEmptyMessageIsNotSent) { EXPECT_EQ(encodeFrame("", {}).error().code, ErrorCode::invalidInput); }

TEST(Frame, AnAnnouncedLengthOverTheLimitOrOfNothingIsRefusedAtOnce) {
    EXPECT_TRUE(announce(1).ok());
    EXPECT_TRUE(announce(kFrameLimit).ok());
    EXPECT_EQ(announce(0).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(announce(kFrameLimit + 1).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(announce(0xFFFFFFFF).error().code, ErrorCode::invalidInput);
}

TEST(Frame, FramesTornAnywhereArePutTogether) {
    const auto first = encodeFrame("{\"a\":1}", {secret("pass"), secret("")});
    const auto second = encodeFrame("{}", {});
    ASSERT_TRUE(first.ok() && second.ok());
    Bytes wire(first->begin(), first->end());
    append(wire, *second);
    for (std::size_t step = 1; step <= wire.size(); ++step) {
        FrameAssembler assembler;
        const auto bodies = assemble(assembler, wire, step);
        ASSERT_EQ(bodies.size(), 2u) << step;
        EXPECT_EQ(decodeFrame(bodies[0])->text, "{\"a\":1}");
        EXPECT_THAT(decodeFrame(bodies[0])->attachments, ElementsAre(secret("pass"), secret("")));
        EXPECT_EQ(decodeFrame(bodies[1])->text, "{}");
        EXPECT_FALSE(assembler.midFrame());
    }
}

TEST(Frame, APartOfAFrameIsNoFrame) {
    const auto frame = encodeFrame("{}", {secret("x")});
    ASSERT_TRUE(frame.ok());
    for (std::size_t size = 1; size < frame->size(); ++size) {
        FrameAssembler assembler;
        EXPECT_THAT(assemble(assembler, ByteView(*frame).first(size), size), IsEmpty());
        EXPECT_TRUE(assembler.midFrame());
    }
}

TEST(Frame, AnAnnouncementAloneTakesNoMemory) {
    FrameAssembler assembler;
    storeBigEndian(static_cast<std::uint32_t>(kFrameLimit), assembler.space());
    ASSERT_TRUE(assembler.received(4).ok());
    EXPECT_LE(assembler.space().size(), std::size_t{64} << 10);
}

TEST(Frame, AttachmentsOfEverySizeComeBack) {
    Attachments attachments;
    for (const std::size_t size : {0u, 1u, 255u, 256u, 65'534u, 65'535u})
        attachments.emplace_back(size, Byte{0}); // zeros: the text must not end early or late
    const auto frame = encodeFrame("{\"password\":true}", attachments);
    ASSERT_TRUE(frame.ok());
    const auto content = decodeFrame(ByteView(*frame).subspan(4));
    ASSERT_TRUE(content.ok());
    EXPECT_EQ(content->text, "{\"password\":true}");
    EXPECT_EQ(content->attachments, attachments);
}

TEST(Frame, TooLongOrTooManyAttachmentsAreNotSent) {
    EXPECT_EQ(encodeFrame("{}", {WipedBytes(65'536)}).error().code, ErrorCode::invalidInput);
    EXPECT_TRUE(encodeFrame("{}", Attachments(16)).ok());
    EXPECT_EQ(encodeFrame("{}", Attachments(17)).error().code, ErrorCode::invalidInput);
}

TEST(Frame, TornAttachmentsAreRefused) {
    const auto refused = [](std::string_view tail) {
        const auto body = std::string("{}") + std::string(tail);
        return !decodeFrame(viewOf(body)).ok();
    };
    EXPECT_TRUE(refused(std::string_view("\0", 1)));
    EXPECT_TRUE(refused(std::string_view("\0\0", 2)));
    EXPECT_TRUE(refused(std::string_view("\0\0\1", 3)));
    EXPECT_TRUE(refused(std::string_view("\0\0\2x", 4)));
    EXPECT_TRUE(refused(std::string_view("\0\0\1x\0", 5)));
    EXPECT_TRUE(refused(std::string_view("\0\xFF\xFFx", 4)));
    EXPECT_TRUE(refused(std::string(1, '\0') + std::string(std::size_t{2} * 17, '\0'))) << "seventeen empty ones";
    EXPECT_FALSE(refused(std::string_view("\0\0\1x", 4)));
}

} // namespace
} // namespace ssprotect::ipc
