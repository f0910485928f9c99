#include "sample.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;
using test::chunkAt;
using test::Inputs;
using test::patterned;

struct Saved {
    Bytes plaintext;
    std::vector<DamagedRange> ranges;
};

Result<Saved> saved(const Bytes& container, const Inputs& inputs, unsigned threads = 1) {
    MemoryFile file(container);
    MemoryFile target;
    auto ranges = decryptDamaged(file, target, inputs.keys(), {.threads = threads, .progress = {}});
    if (!ranges)
        return std::move(ranges).error();
    return Saved{std::move(target.content()), std::move(*ranges)};
}

Bytes withZeros(Bytes plaintext, const std::vector<DamagedRange>& ranges) {
    for (const DamagedRange& range : ranges)
        std::fill_n(plaintext.begin() + static_cast<std::ptrdiff_t>(range.offset), range.length, Byte{0});
    return plaintext;
}

TEST(DecryptDamaged, OfAWholeContainerGivesAllAndNoDamage) {
    const Inputs inputs;
    for (const std::size_t size : {0u, 1u, 16'384u, 20'000u, 1'100'000u}) {
        const auto result = saved(test::encrypted(inputs, patterned(size)).container, inputs, 2);
        ASSERT_TRUE(result);
        EXPECT_TRUE(result->plaintext == patterned(size));
        EXPECT_TRUE(result->ranges.empty());
    }
}

TEST(DecryptDamaged, GivesZerosForTheChunksThatDoNotAuthenticateAndNamesThem) {
    const Inputs inputs;
    const Bytes plaintext = patterned(1'100'000);
    Bytes container = test::encrypted(inputs, plaintext).container;
    for (const std::size_t chunk : {2u, 10u, 11u, 63u, 64u, 67u})
        container[chunkAt(chunk) + 7] ^= 1;
    const std::vector<DamagedRange> expected{{2 * kChunkSize, kChunkSize},
                                             {10 * kChunkSize, 2 * kChunkSize},
                                             {63 * kChunkSize, 2 * kChunkSize},
                                             {67 * kChunkSize, 1'100'000 - 67 * kChunkSize}};
    for (const unsigned threads : {1u, 3u}) {
        const auto result = saved(container, inputs, threads);
        ASSERT_TRUE(result);
        EXPECT_EQ(result->ranges, expected);
        EXPECT_TRUE(result->plaintext == withZeros(plaintext, expected));
    }
}

TEST(DecryptDamaged, SavesWhatACutFileStillHas) {
    const Inputs inputs;
    const Bytes plaintext = patterned(1'100'000);
    const Bytes container = test::encrypted(inputs, plaintext).container;
    for (const std::size_t whole : {0u, 1u, 5u, 64u, 67u}) {
        Bytes cut(container.begin(), container.begin() + static_cast<std::ptrdiff_t>(chunkAt(whole) + 100));
        const auto result = saved(cut, inputs, 2);
        ASSERT_TRUE(result);
        const std::vector<DamagedRange> expected{{whole * kChunkSize, plaintext.size() - whole * kChunkSize}};
        EXPECT_EQ(result->ranges, expected);
        EXPECT_TRUE(result->plaintext == withZeros(plaintext, expected));
    }
}

TEST(DecryptDamaged, PassesOverWhatWasAddedAtTheEnd) {
    const Inputs inputs;
    Bytes container = test::encrypted(inputs, patterned(20'000)).container;
    container.resize(container.size() + 5000, 0xcd);
    const auto result = saved(container, inputs);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->plaintext == patterned(20'000));
    EXPECT_TRUE(result->ranges.empty());
}

TEST(DecryptDamaged, TakesAnotherSignatureOrDigestButNotAnotherHeaderCommitmentOrKey) {
    const Inputs inputs;
    const Bytes container = test::encrypted(inputs, patterned(20'000)).container;
    for (const std::size_t at : {20u, 105u, 120u, 160u, 230u, 256u, 290u}) {
        Bytes changed = container;
        changed[at] ^= 1;
        const auto result = saved(changed, inputs);
        ASSERT_FALSE(result) << at;
        EXPECT_EQ(result.error().code, ErrorCode::integrity);
    }
    Inputs other;
    other.share[0] ^= 1;
    EXPECT_FALSE(saved(container, other));
    EXPECT_FALSE(saved(Bytes(100), inputs));
    EXPECT_FALSE(saved(Bytes(container.begin(), container.begin() + 300), inputs));
}

TEST(DecryptDamaged, LosesNothingWithTheEmptyChunkAtTheEnd) {
    const Inputs inputs;
    Bytes container = test::encrypted(inputs, patterned(2 * kChunkSize)).container;
    container.back() ^= 1;
    const auto result = saved(container, inputs);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->plaintext == patterned(2 * kChunkSize));
    EXPECT_TRUE(result->ranges.empty());
}

} // namespace
} // namespace ssprotect::container
