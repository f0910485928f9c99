#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/crypto/secret.h"

#include <string_view>
#include <vector>

/// Secrets as a JSON array of base64 strings, without a copy that is not wiped.
namespace ssprotect::kodiac::http {

void appendSecrets(WipedBytes& to, const std::vector<crypto::SecretBytes>& secrets);
void appendBase64(WipedBytes& to, ByteView secret);
/// `invalid-input` for anything else, and for more than `kMostSecrets`.
Result<std::vector<crypto::SecretBytes>> secretsOf(std::string_view line);
Result<crypto::SecretBytes> secretOf(std::string_view base64);

} // namespace ssprotect::kodiac::http
