#include "ssprotect/session/keys_file.h"

#include "secret_codec.h"
#include "ssprotect/crypto/aead.h"
#include "ssprotect/platform/shown_path.h"

#include <bit>

namespace ssprotect::session {
namespace {

// docs/keys-file.md has the format.
constexpr std::array<Byte, 8> kMagic{0x89, 'S', 'S', 'K', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::uint16_t kFormat = 1;
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kLog2NAt = 10;
constexpr std::size_t kBlockSizeAt = 11;
constexpr std::size_t kParallelAt = 12;
constexpr std::size_t kReservedAt = 13; // 3 bytes, zero
constexpr std::size_t kSaltAt = 16;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kCheckAt = kSaltAt + kSaltSize;
constexpr std::size_t kCheckSize = 16;
constexpr std::size_t kHeaderSize = kCheckAt + kCheckSize;
constexpr std::size_t kSumSize = sizeof(crypto::Sha256Digest);
constexpr std::size_t kLeastFile = kHeaderSize + crypto::kGcmNonceSize + crypto::kGcmTagSize + kSumSize;
constexpr std::size_t kMostFile = 1 << 20;

constexpr std::uint64_t kContentFormat = 1;
constexpr std::size_t kSecretSize = 32;
constexpr std::size_t kLeastKeyRecord = 8 + 4 + kSecretSize;
constexpr std::string_view kSealInfo = "ssprotect/keys-file/v1";
constexpr std::string_view kCheckInfo = "ssprotect/keys-file/check/v1";

Error damaged(const char* why) {
    return makeError(ErrorCode::dataDamaged, std::string("this is no whole file of exported keys: ") + why);
}

struct FileKeys {
    crypto::SecretBytes seal;
    crypto::SecretBytes check;
};

Result<FileKeys> deriveKeys(ByteView passphrase, ByteView salt, const crypto::ScryptParameters& parameters,
                            const crypto::ScryptLimits& limits) {
    auto stretched = crypto::scrypt(passphrase, salt, parameters, limits, 32);
    if (!stretched)
        return std::move(stretched).error();
    return FileKeys{crypto::hkdf(crypto::HashAlgorithm::sha512, *stretched, {}, viewOf(kSealInfo), 32),
                    crypto::hkdf(crypto::HashAlgorithm::sha512, *stretched, {}, viewOf(kCheckInfo), kCheckSize)};
}

crypto::SecretBytes encode(const ExportedKeys& keys) {
    SecretWriter writer;
    writer.number(kContentFormat);
    writer.field(viewOf(keys.email));
    writer.field(keys.account.bytes());
    writer.field(keys.organization.bytes());
    writer.field(keys.root);
    writer.field(keys.signingSeed);
    writer.field(keys.agreementScalar);
    writer.field(keys.deviceSecret);
    writer.number(keys.contentKeys.size());
    for (const auto& [epoch, key] : keys.contentKeys) {
        writer.number(epoch);
        writer.field(key);
    }
    return writer.finish();
}

Result<ExportedKeys> decode(ByteView bytes) {
    SecretReader reader(bytes);
    if (reader.number() != kContentFormat)
        return damaged("its content was written by a newer version; update this client");
    ExportedKeys keys;
    keys.email = textOf(reader.field());
    keys.account = reader.id<AccountId>();
    keys.organization = reader.id<OrganizationId>();
    reader.array(keys.root);
    keys.signingSeed = crypto::SecretBytes::copyOf(reader.field(kSecretSize));
    keys.agreementScalar = crypto::SecretBytes::copyOf(reader.field(kSecretSize));
    keys.deviceSecret = crypto::SecretBytes::copyOf(reader.field(kSecretSize));
    const std::uint64_t count = reader.count(kLeastKeyRecord);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto epoch = static_cast<Epoch>(reader.number());
        keys.contentKeys[epoch] = crypto::SecretBytes::copyOf(reader.field(kSecretSize));
    }
    if (!reader.finish())
        return damaged("its content does not have the form it should have");
    return keys;
}

Result<crypto::ScryptParameters> parametersOf(ByteView file) {
    const Byte log2N = file[kLog2NAt];
    if (log2N < 1 || log2N > 62)
        return damaged("its scrypt parameters are impossible");
    return crypto::ScryptParameters{std::uint64_t{1} << log2N, file[kBlockSizeAt], file[kParallelAt]};
}

Status checkStructure(ByteView file) {
    if (file.size() < kLeastFile || file.size() > kMostFile || !std::equal(kMagic.begin(), kMagic.end(), file.begin()))
        return damaged("it begins differently");
    const auto sum = crypto::sha256({file.first(file.size() - kSumSize)});
    if (!std::equal(sum.begin(), sum.end(), file.last(kSumSize).begin()))
        return damaged("it was altered or cut; take another copy of it");
    if (loadBigEndian<std::uint16_t>(file.subspan(kFormatAt)) != kFormat)
        return damaged("it was written by a newer version; update this client");
    const ByteView reserved = file.subspan(kReservedAt, kSaltAt - kReservedAt);
    if (std::any_of(reserved.begin(), reserved.end(), [](Byte byte) { return byte != 0; }))
        return damaged("its reserved bytes are set");
    return {};
}

} // namespace

Result<Bytes> sealKeysFile(const ExportedKeys& keys, ByteView passphrase, const crypto::ScryptParameters& parameters,
                           const crypto::ScryptLimits& limits, Random& random) {
    Bytes file(kHeaderSize);
    const MutableByteView header(file);
    std::copy(kMagic.begin(), kMagic.end(), header.begin());
    storeBigEndian(kFormat, header.subspan(kFormatAt));
    header[kLog2NAt] = static_cast<Byte>(std::countr_zero(parameters.n));
    header[kBlockSizeAt] = static_cast<Byte>(parameters.r);
    header[kParallelAt] = static_cast<Byte>(parameters.p);
    random.fill(header.subspan(kSaltAt, kSaltSize));

    auto derived = deriveKeys(passphrase, header.subspan(kSaltAt, kSaltSize), parameters, limits);
    if (!derived)
        return std::move(derived).error();
    std::copy_n(derived->check.view().begin(), kCheckSize, header.subspan(kCheckAt).begin());
    append(file, crypto::sealWithRandomNonce(derived->seal, copyOf(header), encode(keys), random));
    append(file, crypto::sha256({file}));
    return file;
}

Result<ExportedKeys> openKeysFile(ByteView file, ByteView passphrase, const crypto::ScryptLimits& limits) {
    if (auto structure = checkStructure(file); !structure)
        return std::move(structure).error();
    auto parameters = parametersOf(file);
    if (!parameters)
        return std::move(parameters).error();
    auto derived = deriveKeys(passphrase, file.subspan(kSaltAt, kSaltSize), *parameters, limits);
    if (!derived) {
        if (derived.error().code == ErrorCode::invalidInput)
            return damaged("its scrypt parameters are outside what is accepted");
        return std::move(derived).error();
    }
    if (!crypto::equalSecrets(derived->check, file.subspan(kCheckAt, kCheckSize)))
        return makeError(ErrorCode::wrongPassphrase,
                         "the passphrase does not open these exported keys; nothing changed");
    auto content = crypto::openWithNonce(derived->seal, file.first(kHeaderSize),
                                         file.subspan(kHeaderSize, file.size() - kHeaderSize - kSumSize));
    if (!content)
        return damaged("its content was altered");
    return decode(*content);
}

Result<ExportedKeys> readKeysFile(platform::FileSystem& files, const platform::Path& file, ByteView passphrase,
                                  const crypto::ScryptLimits& limits) {
    auto bytes = platform::readWhole(files, file, kMostFile);
    if (!bytes)
        return std::move(bytes).error();
    return openKeysFile(*bytes, passphrase, limits);
}

} // namespace ssprotect::session
