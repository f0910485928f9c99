#pragma once

#include "ssprotect/kodiac/wire.h"

/// Sizes that the fields of the wire may have.
namespace ssprotect::kodiac::wire {

constexpr std::size_t kIdText = 32;
constexpr std::size_t kNonceSize = 24;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kVerifierSize = 64;
constexpr std::size_t kTokenSize = 32;
constexpr std::size_t kHotpSecretSize = 32;
constexpr std::size_t kShareSize = 32;
constexpr std::size_t kMostEnvelopeBytes = 1024;
constexpr std::size_t kMostSealedName = 4096;
constexpr std::size_t kMostSealedPath = 192 << 10; ///< the longest path of Windows in UTF-8, sealed
constexpr std::size_t kLongestHostName = 255;
constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kLongestMessage = 4096;
constexpr std::size_t kMostMembers = 100'000;
constexpr std::size_t kMostContentKeys = 10'000;
constexpr std::size_t kMostRootTransfers = 1'000;
constexpr std::size_t kMostEditLocks = 16; ///< more than there are
constexpr std::size_t kMostHosts = 1'000;  ///< of one account that are listed
constexpr std::size_t kLongestName = 255;  ///< of an Organization, a profile

} // namespace ssprotect::kodiac::wire
