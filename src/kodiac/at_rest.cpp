#include "at_rest.h"

#include "ssprotect/crypto/aead.h"

namespace ssprotect::kodiac {
namespace {

Bytes associatedData(std::string_view kind, ByteView whose) {
    Bytes data = copyOf(viewOf("ssprotect/kodiac/at-rest/v1"));
    data.push_back(static_cast<Byte>(kind.size()));
    append(data, viewOf(kind));
    append(data, whose);
    return data;
}

} // namespace

Bytes AtRest::seal(std::string_view kind, ByteView whose, ByteView secret) const {
    return crypto::sealWithRandomNonce(masterKey_, associatedData(kind, whose), secret, random_);
}

Result<crypto::SecretBytes> AtRest::open(std::string_view kind, ByteView whose, ByteView sealed) const {
    auto secret = crypto::openWithNonce(masterKey_, associatedData(kind, whose), sealed);
    if (!secret)
        return makeError(ErrorCode::dataDamaged, "a secret of KODiAC's database does not open under its master key; "
                                                 "restore database and key from one backup");
    return secret;
}

} // namespace ssprotect::kodiac
