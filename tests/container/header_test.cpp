#include "sample.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/container/header.h"
#include "ssprotect/crypto/system_random.h"
#include "support/hex.h"

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using test::Inputs;

bool refused(const Result<Header>& header) { return !header && header.error().code == ErrorCode::dataDamaged; }

TEST(Header, HasTheBytesThatTheFormatSays) {
    const Bytes container = test::encrypted(Inputs(), test::patterned(20000)).container;
    EXPECT_EQ(toHex(ByteView(container).first(kIdentitySize)), "895353500d0a1a0a"
                                                               "00010100"
                                                               "01000000"
                                                               "f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1"
                                                               "00000003000000020000000500000000"
                                                               "06060606060606060606060606060606"
                                                               "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e"
                                                               "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0"
                                                               "0000019c1310e47b");
    EXPECT_EQ(toHex(ByteView(container).subspan(104, 8)), "0000000000004e20");
    EXPECT_EQ(toHex(ByteView(container).subspan(216, 8)), "0000000000000000");
    EXPECT_EQ(container.size(), 256 + bodySizeFor(20000));
}

TEST(Header, ReadsWhatWasWritten) {
    const Inputs inputs;
    const auto sample = test::encrypted(inputs, test::patterned(20000));
    const auto header = parseHeader(sample.container, sample.container.size());
    ASSERT_TRUE(header);
    EXPECT_EQ(header->identity, inputs.identity);
    EXPECT_EQ(header->identityBytes, inputs.identity.bytes());
    EXPECT_EQ(header->plaintextSize, 20000u);
    EXPECT_EQ(header->signature, sample.stored.signature);
    EXPECT_EQ(header->raw.size(), kHeaderSize);
    EXPECT_EQ(header->containerSize(), sample.container.size());
    EXPECT_EQ(Identity::parse(header->identityBytes).value(), inputs.identity);
}

TEST(Header, NeedsOnlyTheFirstBytesOfTheFile) {
    const Bytes container = test::encrypted(Inputs(), test::patterned(20000)).container;
    EXPECT_TRUE(parseHeader(ByteView(container).first(256), container.size()));
    EXPECT_TRUE(refused(parseHeader(ByteView(container).first(255), container.size())));
}

TEST(Header, RefusesWhatFormat1DoesNotHave) {
    const Bytes container = test::encrypted(Inputs(), test::patterned(100)).container;
    const auto withByte = [&](std::size_t at, Byte value) {
        Bytes changed = container;
        changed[at] = value;
        return parseHeader(changed, changed.size());
    };
    EXPECT_TRUE(refused(withByte(0, 0x88))) << "magic";
    EXPECT_TRUE(refused(withByte(7, 0x0d))) << "magic";
    EXPECT_TRUE(refused(withByte(9, 2))) << "format";
    EXPECT_TRUE(refused(withByte(8, 1))) << "format";
    EXPECT_TRUE(refused(withByte(12, 3))) << "mode";
    EXPECT_TRUE(refused(withByte(13, 1))) << "flags";
    for (const std::size_t reserved : {14, 15, 44, 45, 46, 47, 216, 217, 218, 219, 220, 221, 222, 223})
        EXPECT_TRUE(refused(withByte(reserved, 1))) << "reserved byte " << reserved;
    EXPECT_TRUE(withByte(12, 0));
    EXPECT_TRUE(withByte(12, 2));
}

TEST(Header, AcceptsLengthsFrom256To4096InStepsOf16) {
    for (const std::size_t extra : {16u, 32u, 3840u}) {
        const auto sample = test::writtenPlainly(Inputs(), test::patterned(50), Bytes(extra, 0xaa));
        const auto header = parseHeader(sample.container, sample.container.size());
        ASSERT_TRUE(header) << extra;
        EXPECT_EQ(header->raw.size(), 256 + extra);
    }
    for (const std::size_t extra : {1u, 8u, 17u, 3856u}) {
        const auto sample = test::writtenPlainly(Inputs(), test::patterned(50), Bytes(extra, 0xaa));
        EXPECT_TRUE(refused(parseHeader(sample.container, sample.container.size()))) << extra;
    }
    Bytes shorter = test::encrypted(Inputs(), test::patterned(50)).container;
    shorter[10] = 0;
    shorter[11] = 240;
    EXPECT_TRUE(refused(parseHeader(shorter, shorter.size())));
}

TEST(Header, RefusesASizeThatIsNotTheBodys) {
    const Bytes container = test::encrypted(Inputs(), test::patterned(20000)).container;
    EXPECT_TRUE(refused(parseHeader(container, container.size() - 1)));
    EXPECT_TRUE(refused(parseHeader(container, container.size() + 1)));
    EXPECT_TRUE(refused(parseHeader(container, container.size() + kSealedChunkSize)));
    EXPECT_TRUE(refused(parseHeader(container, 256)));
    EXPECT_TRUE(refused(parseHeader(container, 0)));
    Bytes changed = container;
    changed[104] = 0xff; // a size of nearly 2^64
    EXPECT_TRUE(refused(parseHeader(changed, container.size())));
    EXPECT_TRUE(refused(parseHeader(changed, container.size(), SizeMismatch::accepted)));
    EXPECT_TRUE(parseHeader(container, container.size() - 1, SizeMismatch::accepted));
}

TEST(Header, OfAnyInputIsAnErrorAndNeverMore) {
    crypto::SystemRandom random;
    const Bytes container = test::encrypted(Inputs(), test::patterned(100)).container;
    for (std::size_t size = 0; size < 256; ++size)
        EXPECT_TRUE(refused(parseHeader(ByteView(container).first(size), size)));
    for (int i = 0; i < 2000; ++i) {
        Bytes noise(300);
        random.fill(noise);
        if (i % 2 == 0)
            std::ranges::copy(ByteView(container).first(12), noise.begin());
        EXPECT_TRUE(refused(parseHeader(noise, noise.size())));
    }
}

TEST(Header, MagicNeedsAllItsBytes) {
    const Bytes magic = ssprotect::test::hex("895353500d0a1a0a");
    EXPECT_TRUE(hasContainerMagic(magic));
    EXPECT_FALSE(hasContainerMagic(ByteView(magic).first(7)));
    EXPECT_FALSE(hasContainerMagic({}));
    EXPECT_FALSE(hasContainerMagic(viewOf("\x89PNG\r\n\x1a\n")));
}

TEST(Header, OfAFileThatIsNoContainerIsAbsent) {
    ssprotect::test::MemoryFile empty;
    EXPECT_FALSE(readHeader(empty).value().has_value());
    ssprotect::test::MemoryFile text(copyOf(viewOf("An ordinary document.")));
    EXPECT_FALSE(readHeader(text).value().has_value());
    ssprotect::test::MemoryFile magicAlone(ssprotect::test::hex("895353500d0a1a0a"));
    EXPECT_EQ(readHeader(magicAlone).error().code, ErrorCode::dataDamaged);
    ssprotect::test::MemoryFile whole(test::encrypted(Inputs(), test::patterned(5000)).container);
    EXPECT_EQ(readHeader(whole).value()->plaintextSize, 5000u);
}

TEST(Header, ModesHaveWords) {
    EXPECT_EQ(modeWord(ConversionMode::optimized), "optimized");
    EXPECT_EQ(modeWord(ConversionMode::hybrid), "hybrid");
    EXPECT_EQ(modeWord(ConversionMode::doubled), "double");
}

} // namespace
} // namespace ssprotect::container
