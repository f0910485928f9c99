#include "platform/windows/trust_decision.h"
#include "ssprotect/platform/narrow_path.h"
#include "support/temp_folder.h"

#include <fstream>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using State = CodeSignature::State;
using support::TempFolder;

const Path kChild = pathOfNarrow(SSPROTECT_BIN_DIR "/platform-child" SSPROTECT_PROGRAM_SUFFIX);
/// The same program signed with a key of the build; missing where the build had no tool for it.
const Path kSigned = pathOfNarrow(SSPROTECT_BIN_DIR "/platform-child-signed" SSPROTECT_PROGRAM_SUFFIX);

TEST(TrustDecision, TakesOnlyAPlainYesForTrust) {
    EXPECT_EQ(stateOf(ERROR_SUCCESS), State::trusted);
    EXPECT_EQ(stateOf(TRUST_E_NOSIGNATURE), State::none);
    EXPECT_EQ(stateOf(TRUST_E_BAD_DIGEST), State::damaged);
    for (const auto outcome : {CERT_E_UNTRUSTEDROOT, CERT_E_EXPIRED, CERT_E_REVOKED, CERT_E_CHAINING,
                               TRUST_E_EXPLICIT_DISTRUST, CRYPT_E_SECURITY_SETTINGS, E_FAIL})
        EXPECT_EQ(stateOf(outcome), State::untrusted);
}

TEST(Signature, OfAnUnsignedProgramIsNone) {
    EXPECT_TRUE(signaturesChecked());
    const auto signature = signatureOf(kChild);
    ASSERT_TRUE(signature.ok());
    EXPECT_EQ(signature->state, State::none);
    EXPECT_TRUE(signature->signerKey.empty());
}

TEST(Signature, CannotBeReadOfWhatIsNotThere) {
    const TempFolder folder;
    EXPECT_EQ(signatureOf(folder / "none.exe").error().code, ErrorCode::notFound);
    EXPECT_EQ(signatureOf(folder.path()).error().code, ErrorCode::unsupportedFile);
}

TEST(Signature, NamesTheSignerAndItsKey) {
    if (!std::filesystem::exists(kSigned))
        GTEST_SKIP() << "the build had no tool to sign a program";
    const auto signature = signatureOf(kSigned);
    ASSERT_TRUE(signature.ok());
    // Whether the key of a build is trusted is the machine's affair.
    EXPECT_TRUE(signature->state == State::trusted || signature->state == State::untrusted);
    EXPECT_EQ(signature->signer, "SSProtect test signer");
    EXPECT_EQ(signature->signerKey.size(), 32U);
    EXPECT_TRUE(isSignedWith(*signature, signature->signerKey));
}

TEST(Signature, OfAProgramThatWasChangedIsDamaged) {
    if (!std::filesystem::exists(kSigned))
        GTEST_SKIP() << "the build had no tool to sign a program";
    const TempFolder folder;
    const Path changed = folder / "changed.exe";
    std::filesystem::copy_file(kSigned, changed);
    {
        std::fstream file(changed, std::ios::binary | std::ios::in | std::ios::out);
        constexpr int kWithinTheCode = 0x1000;
        file.seekp(kWithinTheCode);
        file.write("changed!", 8);
    }
    EXPECT_EQ(signatureOf(changed)->state, State::damaged);
}

} // namespace
} // namespace ssprotect::platform
