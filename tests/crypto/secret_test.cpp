#include "ssprotect/crypto/secret.h"
#include "ssprotect/crypto/system_random.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <openssl/crypto.h>

namespace ssprotect::crypto {
namespace {

TEST(SecretBytes, StartZeroedAndHoldWhatIsCopied) {
    const SecretBytes zeroed(100);
    EXPECT_TRUE(std::ranges::all_of(zeroed.view(), [](Byte byte) { return byte == 0; }));
    const SecretBytes copy = SecretBytes::copyOf(viewOf("secret"));
    EXPECT_EQ(textOf(copy), "secret");
    EXPECT_TRUE(SecretBytes().empty());
    EXPECT_TRUE(SecretBytes::copyOf({}).empty());
}

TEST(SecretBytes, MovingLeavesNothingBehindAndCloningAnIndependentCopy) {
    SecretBytes first = SecretBytes::copyOf(viewOf("first"));
    SecretBytes second = std::move(first);
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(textOf(second), "first");
    SecretBytes clone = second.clone();
    clone.bytes()[0] = 'F';
    EXPECT_EQ(textOf(second), "first");
    second = std::move(clone);
    EXPECT_EQ(textOf(second), "First");
}

TEST(SecretBytes, LiveInTheSecureHeapAndOutsideWhenThatIsFull) {
    startSecureHeap();
    ASSERT_EQ(CRYPTO_secure_malloc_initialized(), 1);
    const SecretBytes small = SecretBytes::copyOf(viewOf("locked"));
    EXPECT_EQ(CRYPTO_secure_allocated(small.view().data()), 1);
    SecretBytes large(8 << 20);
    EXPECT_EQ(CRYPTO_secure_allocated(large.view().data()), 0);
    large.bytes()[large.size() - 1] = 1;
    EXPECT_EQ(large.view().back(), 1);
}

TEST(EqualSecrets, ComparesSizeAndEveryByte) {
    EXPECT_TRUE(equalSecrets({}, {}));
    EXPECT_TRUE(equalSecrets(viewOf("same"), viewOf("same")));
    EXPECT_FALSE(equalSecrets(viewOf("same"), viewOf("sama")));
    EXPECT_FALSE(equalSecrets(viewOf("same"), viewOf("tame")));
    EXPECT_FALSE(equalSecrets(viewOf("same"), viewOf("sam")));
    EXPECT_FALSE(equalSecrets(viewOf("same"), {}));
}

TEST(Wipe, LeavesZeros) {
    Bytes bytes(40, 0xff);
    wipe(MutableByteView(bytes).first(39));
    EXPECT_EQ(std::ranges::count(bytes, Byte{0}), 39);
    EXPECT_EQ(bytes.back(), 0xff);
}

TEST(SystemRandom, FillsEveryLengthAndRepeatsNothing) {
    SystemRandom random;
    random.fill({});
    std::set<Bytes> seen;
    for (int i = 0; i < 100; ++i) {
        Bytes draw(32);
        random.fill(draw);
        EXPECT_TRUE(seen.insert(draw).second);
    }
    Bytes large((3 << 20) + 1);
    random.fill(large);
    EXPECT_FALSE(std::ranges::all_of(ByteView(large).last(64), [](Byte byte) { return byte == 0; }));
}

} // namespace
} // namespace ssprotect::crypto
