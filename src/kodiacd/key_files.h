#pragma once

#include "ssprotect/crypto/certificate.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::kodiacd {

/// A certificate and its private key in one file for the owner only, so that a crash never leaves one of the two: PEM,
/// certificate first. Old or new.
Status writeCertifiedKey(platform::FileSystem& files, const platform::Path& file, const crypto::CertifiedKey& key);
/// `integrity` when the two do not belong together; else the errors of platform/secret_file.h.
Result<crypto::CertifiedKey> readCertifiedKey(platform::FileSystem& files, const platform::Path& file);

/// The first line of a file for the owner only.
Result<crypto::SecretBytes> readPassword(platform::FileSystem& files, const platform::Path& file);

/// A certificate that is no secret.
Result<std::string> readCertificateFile(platform::FileSystem& files, const platform::Path& file);

} // namespace ssprotect::kodiacd
