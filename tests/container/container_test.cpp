#include "sample.h"
#include "ssprotect/crypto/system_random.h"

#include <atomic>
#include <set>
#include <string>
#include <unordered_set>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;
using test::Inputs;
using test::patterned;

/// Around a chunk, around the end of a piece of the body, and over several pieces.
constexpr std::size_t kSizes[] = {0,         1,         15,        16383,     16384,     16385,     32768,
                                  1'047'400, 1'047'487, 1'047'488, 1'047'489, 1'048'576, 1'050'000, 3'200'017};

TEST(Container, GivesBackWhatItTook) {
    const Inputs inputs;
    for (const std::size_t size : kSizes) {
        const Bytes plaintext = patterned(size);
        const auto sample = test::encrypted(inputs, plaintext, 2);
        EXPECT_EQ(sample.stored.plaintextSize, size);
        for (const unsigned threads : {1u, 2u, 8u}) {
            Bytes published;
            ASSERT_TRUE(test::decrypted(sample.container, inputs, sample.stored.digest, published, threads)) << size;
            EXPECT_TRUE(published == plaintext) << size;
            EXPECT_TRUE(test::verified(sample.container, inputs, sample.stored.digest, threads)) << size;
        }
    }
}

TEST(Container, HasTheSameBytesForAnyNumberOfThreadsAndFromASecondWriter) {
    const Inputs inputs;
    for (const std::size_t size : kSizes) {
        const Bytes plaintext = patterned(size);
        const auto plain = test::writtenPlainly(inputs, plaintext);
        for (const unsigned threads : {0u, 1u, 2u, 8u}) {
            const auto sample = test::encrypted(inputs, plaintext, threads);
            EXPECT_TRUE(sample.container == plain.container) << size << " with " << threads;
            EXPECT_EQ(sample.stored.digest, plain.stored.digest);
            EXPECT_EQ(sample.stored.signature, plain.stored.signature);
        }
    }
}

TEST(Container, OfAnyBodySizeAroundTwoPiecesIsWhole) {
    // Wherever the border of the pieces falls in a chunk, or between two.
    const Inputs inputs;
    const Bytes plaintext = patterned(1'064'000);
    for (std::size_t size = 1'047'000; size <= plaintext.size(); size += 311) {
        const Bytes part(plaintext.begin(), plaintext.begin() + static_cast<std::ptrdiff_t>(size));
        const auto sample = test::encrypted(inputs, part, 1);
        Bytes published;
        ASSERT_TRUE(test::decrypted(sample.container, inputs, sample.stored.digest, published));
        ASSERT_TRUE(published == part) << size;
    }
}

TEST(Container, UsesAFreshKeyAndSaltEachTime) {
    crypto::SystemRandom random;
    const Inputs inputs;
    std::set<Bytes> bodies;
    for (int i = 0; i < 20; ++i) {
        MemoryFile source(patterned(100));
        MemoryFile target;
        ASSERT_TRUE(encrypt(source, 100, target, inputs.identity, inputs.keys(), inputs.creator(), random, {}));
        EXPECT_TRUE(bodies.insert(Bytes(target.content().begin() + kHeaderSize, target.content().end())).second);
    }
}

TEST(Container, HoldsNo16BytesOfItsPlaintext) {
    const Inputs inputs;
    for (const Bytes& plaintext : {patterned(70'000), Bytes(40'000, 0), Bytes(2'000'000, 'a')}) {
        const Bytes container = test::encrypted(inputs, plaintext, 2).container;
        constexpr std::size_t kWindow = 16;
        std::unordered_set<std::string_view> windows;
        for (std::size_t i = 0; i + kWindow <= plaintext.size(); ++i)
            windows.insert(textOf(ByteView(plaintext).subspan(i, kWindow)));
        for (std::size_t i = 0; i + kWindow <= container.size(); ++i)
            ASSERT_FALSE(windows.contains(textOf(ByteView(container).subspan(i, kWindow)))) << "at " << i;
    }
}

TEST(Container, OpensForItsOwnKeysCreatorAndDigestAlone) {
    const Inputs inputs;
    const auto sample = test::encrypted(inputs, patterned(20'000));
    Bytes published;
    const auto refused = [&](const Inputs& others, const crypto::Sha256Digest& digest) {
        const Status status = test::decrypted(sample.container, others, digest, published);
        return !status && status.error().code == ErrorCode::integrity && published.empty() &&
               !test::verified(sample.container, others, digest);
    };
    Inputs otherShare;
    otherShare.share[0] ^= 1;
    EXPECT_TRUE(refused(otherShare, sample.stored.digest));
    Inputs otherContentKey;
    otherContentKey.contentKey[31] ^= 1;
    EXPECT_TRUE(refused(otherContentKey, sample.stored.digest));
    Inputs otherCreator;
    otherCreator.creatorSeed[0] ^= 1;
    EXPECT_TRUE(refused(otherCreator, sample.stored.digest));
    crypto::Sha256Digest otherDigest = sample.stored.digest;
    otherDigest[5] ^= 1;
    EXPECT_TRUE(refused(inputs, otherDigest));
}

TEST(Container, RefusesADigestThatTheCreatorSignedForOtherContent) {
    // The header of one container over the body of another, made by somebody who holds the keys but not the
    // Creator's: the signature holds for D, the content does not.
    const Inputs inputs;
    const auto first = test::encrypted(inputs, patterned(20'000));
    auto otherText = patterned(20'000);
    otherText[3] ^= 1;
    const auto second = test::encrypted(inputs, otherText);
    Bytes pasted(first.container.begin(), first.container.begin() + kHeaderSize);
    pasted.insert(pasted.end(), second.container.begin() + kHeaderSize, second.container.end());
    EXPECT_EQ(test::verified(pasted, inputs, first.stored.digest).error().code, ErrorCode::integrity);
    EXPECT_EQ(test::verified(pasted, inputs, second.stored.digest).error().code, ErrorCode::integrity);
}

TEST(Container, OfAFileThatIsNoneIsRefused) {
    Bytes published;
    for (const Bytes& bytes : {Bytes(), copyOf(viewOf("An ordinary document.")), Bytes(5000, 0)}) {
        EXPECT_EQ(test::decrypted(bytes, Inputs(), {}, published).error().code, ErrorCode::integrity);
        EXPECT_TRUE(published.empty());
    }
}

TEST(Encrypt, RefusesASourceThatShrinksOrGrows) {
    const Inputs inputs;
    crypto::SystemRandom random;
    for (const std::size_t size : {0u, 1u, 16'384u, 20'000u, 2'500'000u}) {
        for (const std::size_t real : {size + 1, size + 100'000, size - std::min<std::size_t>(size, 1)}) {
            if (real == size)
                continue;
            MemoryFile source(patterned(real));
            MemoryFile target;
            const auto stored = encrypt(source, size, target, inputs.identity, inputs.keys(), inputs.creator(), random,
                                        {.threads = 2, .progress = {}});
            ASSERT_FALSE(stored) << size << " but " << real;
            EXPECT_EQ(stored.error().code, ErrorCode::changedMeanwhile);
            EXPECT_FALSE(hasContainerMagic(target.content())) << "the header comes last";
        }
    }
}

/// Fails once `left` calls went through.
class FailingFile final : public MemoryFile {
public:
    FailingFile(Bytes content, int left) : MemoryFile(std::move(content)), left_(left) {}
    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override {
        return left_-- > 0 ? MemoryFile::readAt(offset, to) : makeError(ErrorCode::ioError, "the disk failed");
    }
    Status writeAt(std::uint64_t offset, ByteView from) override {
        return left_-- > 0 ? MemoryFile::writeAt(offset, from) : makeError(ErrorCode::diskFull, "the disk is full");
    }

private:
    std::atomic<int> left_;
};

TEST(Encrypt, HandsOnEachFailureOfTheFiles) {
    const Inputs inputs;
    crypto::SystemRandom random;
    const Bytes plaintext = patterned(1'100'000);
    int failures = 0;
    for (int left = 0;; ++left) {
        FailingFile source(plaintext, left);
        MemoryFile target;
        const auto read = encrypt(source, plaintext.size(), target, inputs.identity, inputs.keys(), inputs.creator(),
                                  random, {.threads = 2, .progress = {}});
        MemoryFile whole(plaintext);
        FailingFile full({}, left);
        const auto written = encrypt(whole, plaintext.size(), full, inputs.identity, inputs.keys(), inputs.creator(),
                                     random, {.threads = 2, .progress = {}});
        if (!written) {
            EXPECT_EQ(written.error().code, ErrorCode::diskFull);
            ++failures;
        }
        if (read && written)
            break;
        if (!read) {
            EXPECT_EQ(read.error().code, ErrorCode::ioError);
        }
    }
    EXPECT_GE(failures, 3);
}

TEST(Decrypt, HandsOnEachFailureOfTheFiles) {
    const Inputs inputs;
    const auto sample = test::encrypted(inputs, patterned(1'100'000));
    const auto creator = inputs.creator().publicKey();
    for (int left = 0;; ++left) {
        FailingFile source(sample.container, left);
        MemoryFile target;
        const Status read =
            decrypt(source, target, inputs.keys(), creator, sample.stored.digest, {.threads = 2, .progress = {}});
        MemoryFile whole(sample.container);
        FailingFile full({}, left);
        const Status written =
            decrypt(whole, full, inputs.keys(), creator, sample.stored.digest, {.threads = 2, .progress = {}});
        if (!written) {
            EXPECT_EQ(written.error().code, ErrorCode::diskFull);
        }
        if (!read) {
            EXPECT_EQ(read.error().code, ErrorCode::ioError);
        }
        if (read && written)
            break;
    }
}

TEST(Progress, TellsEachByteOnceInBothDirections) {
    const Inputs inputs;
    for (const std::size_t size : {0u, 5000u, 3'200'017u}) {
        const auto sample = test::encrypted(inputs, patterned(size));
        std::atomic<std::uint64_t> told = 0;
        const Effort effort{.threads = 3, .progress = [&](std::uint64_t bytes) {
                                told += bytes;
                                return true;
                            }};
        crypto::SystemRandom random;
        MemoryFile source(patterned(size));
        MemoryFile target;
        ASSERT_TRUE(encrypt(source, size, target, inputs.identity, inputs.keys(), inputs.creator(), random, effort));
        EXPECT_EQ(told.exchange(0), size);
        MemoryFile container(sample.container);
        ASSERT_TRUE(verify(container, inputs.keys(), inputs.creator().publicKey(), sample.stored.digest, effort));
        EXPECT_EQ(told.exchange(0), size);
        MemoryFile plaintext;
        ASSERT_TRUE(
            decrypt(container, plaintext, inputs.keys(), inputs.creator().publicKey(), sample.stored.digest, effort));
        EXPECT_EQ(told.exchange(0), size);
        MemoryFile saved;
        ASSERT_TRUE(decryptDamaged(container, saved, inputs.keys(), effort));
        EXPECT_EQ(told.exchange(0), size);
    }
}

TEST(Progress, CancelsBetweenPieces) {
    const Inputs inputs;
    const auto sample = test::encrypted(inputs, patterned(6'000'000));
    std::atomic<int> calls = 0;
    const Effort effort{.threads = 2, .progress = [&](std::uint64_t) { return ++calls < 2; }};
    MemoryFile container(sample.container);
    MemoryFile plaintext;
    const Status status =
        decrypt(container, plaintext, inputs.keys(), inputs.creator().publicKey(), sample.stored.digest, effort);
    EXPECT_EQ(status.error().code, ErrorCode::cancelled);
    EXPECT_LE(calls, 3) << "each thread stops at its next call";

    calls = 0;
    crypto::SystemRandom random;
    MemoryFile source(patterned(6'000'000));
    MemoryFile target;
    const auto stored =
        encrypt(source, 6'000'000, target, inputs.identity, inputs.keys(), inputs.creator(), random, effort);
    EXPECT_EQ(stored.error().code, ErrorCode::cancelled);
    EXPECT_FALSE(hasContainerMagic(target.content()));
}

} // namespace
} // namespace ssprotect::container
