#include "managed/sealed_save.h"
#include "ssprotect/container/chunked_encryption.h"
#include "support/memory_file.h"
#include "support/seeded_random.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

using test::MemoryFile;
using test::SeededRandom;

/// Around chunks of 16 KiB and pieces of 64 of them.
constexpr std::array<std::size_t, 9> kSizes{0, 1, 16'383, 16'384, 16'385, 1'048'575, 1'048'576, 1'048'577, 2'500'000};

Bytes contentOf(std::size_t size) {
    Bytes content(size);
    SeededRandom(size).fill(content);
    return content;
}

class SealedSave : public testing::Test {
protected:
    Status seal(const Bytes& content, const DocumentStamp& stamp) {
        MemoryFile document(content);
        return sealSave(document, stamp, save_, key_.publicKey(), binding_, random_);
    }
    void sealWhole(const Bytes& content) { ASSERT_TRUE(seal(content, {content.size(), 77})); }

    Result<std::unique_ptr<platform::File>> opened(const crypto::AgreementKey& key, const SaveBinding& binding) {
        return SavedDocument::open(std::make_unique<MemoryFile>(save_.content()), key, binding);
    }
    Result<Bytes> unsealed() {
        auto document = opened(key_, binding_);
        if (!document)
            return std::move(document).error();
        Bytes content(3'000'000);
        auto got = (*document)->readAt(0, content);
        if (!got)
            return std::move(got).error();
        content.resize(*got);
        return content;
    }

    SeededRandom random_{1};
    crypto::AgreementKey key_ = crypto::AgreementKey::generate(random_);
    SaveBinding binding_{AccountId::random(random_), "00112233445566778899aabbccddeeff"};
    MemoryFile save_;
};

TEST_F(SealedSave, GivesBackWhatWasSealedWhateverItsSize) {
    for (const std::size_t size : kSizes) {
        save_.content().clear();
        const Bytes content = contentOf(size);
        sealWhole(content);
        auto back = unsealed();
        ASSERT_TRUE(back) << size;
        EXPECT_EQ(*back, content) << size;
    }
}

TEST_F(SealedSave, ReadsAnyPart) {
    const Bytes content = contentOf(2'500'000);
    sealWhole(content);
    auto document = opened(key_, binding_);
    ASSERT_TRUE(document);
    for (const std::size_t offset : {0u, 1u, 16'384u, 1'048'570u, 2'499'999u}) {
        Bytes part(40'000);
        auto got = (*document)->readAt(offset, part);
        ASSERT_TRUE(got);
        EXPECT_EQ(*got, std::min<std::size_t>(part.size(), content.size() - offset));
        EXPECT_TRUE(std::equal(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*got),
                               content.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
    Bytes beyond(10);
    EXPECT_EQ(*(*document)->readAt(content.size(), beyond), 0u);
}

TEST_F(SealedSave, TellsTheStampOfTheDocument) {
    sealWhole(contentOf(100));
    auto stamp = readSaveStamp(save_);
    ASSERT_TRUE(stamp);
    EXPECT_EQ(*stamp, (DocumentStamp{100, 77}));
    auto info = (*opened(key_, binding_))->info();
    ASSERT_TRUE(info);
    EXPECT_EQ(info->size, 100u);
    EXPECT_EQ(info->modifiedNanos, 77);
}

TEST_F(SealedSave, HasNoSixteenBytesOfTheDocument) {
    const Bytes content = contentOf(50'000);
    sealWhole(content);
    const Bytes& sealed = save_.content();
    for (std::size_t offset = 0; offset + 16 <= content.size(); offset += 16)
        ASSERT_EQ(std::search(sealed.begin(), sealed.end(), content.begin() + static_cast<std::ptrdiff_t>(offset),
                              content.begin() + static_cast<std::ptrdiff_t>(offset + 16)),
                  sealed.end());
}

TEST_F(SealedSave, OpensWithNoOtherKeyAccountOrDocument) {
    sealWhole(contentOf(100));
    const auto other = crypto::AgreementKey::generate(random_);
    EXPECT_EQ(opened(other, binding_).error().code, ErrorCode::integrity);
    SaveBinding otherAccount = binding_;
    otherAccount.account = AccountId::random(random_);
    EXPECT_EQ(opened(key_, otherAccount).error().code, ErrorCode::integrity);
    SaveBinding otherOpen = binding_;
    otherOpen.openId.back() = '0';
    EXPECT_EQ(opened(key_, otherOpen).error().code, ErrorCode::integrity);
}

TEST_F(SealedSave, RefusesEveryFlippedByte) {
    sealWhole(contentOf(200));
    const Bytes whole = save_.content();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        save_.content() = whole;
        save_.content()[at] ^= 0x01;
        ASSERT_FALSE(unsealed()) << at;
    }
}

TEST_F(SealedSave, RefusesEveryTruncation) {
    sealWhole(contentOf(200));
    const Bytes whole = save_.content();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        save_.content() = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        ASSERT_EQ(unsealed().error().code, ErrorCode::dataDamaged) << size;
    }
}

TEST_F(SealedSave, RefusesSwappedChunks) {
    sealWhole(contentOf(3 * container::kChunkSize + 5));
    constexpr std::size_t kBody = 104 + container::kBodyPrefixSize;
    auto& sealed = save_.content();
    std::swap_ranges(sealed.begin() + kBody, sealed.begin() + kBody + container::kSealedChunkSize,
                     sealed.begin() + kBody + container::kSealedChunkSize);
    EXPECT_EQ(unsealed().error().code, ErrorCode::integrity);
}

TEST_F(SealedSave, NoticesADocumentThatGrewOrShrankMeanwhile) {
    EXPECT_EQ(seal(contentOf(100), {99, 0}).error().code, ErrorCode::changedMeanwhile);
    EXPECT_EQ(seal(contentOf(100), {101, 0}).error().code, ErrorCode::changedMeanwhile);
}

} // namespace
} // namespace ssprotect::managed
