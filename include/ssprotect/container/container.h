#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/container/header.h"
#include "ssprotect/platform/file_system.h"

#include <functional>
#include <vector>

/// Whole containers between files: streaming, constant memory, several threads on big
/// files. Nothing here asks KODiAC or touches names; callers place and replace files.
namespace ssprotect::container {

/// R, the share of KODiAC, and OCK, the Organization's: together they give the KEK of exactly this I.
/// The views must outlive the call.
struct VersionKeys {
    ByteView share;
    ByteView contentKey;
};

/// Called between pieces with the bytes done since the last call, from any of the working threads; false cancels
/// (`cancelled`). Blocking in it pauses.
using Progress = std::function<bool(std::uint64_t bytes)>;

struct Effort {
    unsigned threads = 1; ///< for one file; small files never use more than one
    Progress progress;    ///< may be empty
};

/// What the commit at KODiAC records of a stored version.
struct Stored {
    std::uint64_t plaintextSize = 0;
    crypto::Sha256Digest digest{}; ///< D
    crypto::Signature signature{};
};

/// Encrypts `size` bytes of `plaintext` into the empty file `container`: body first, header last. A
/// source that ends earlier or grows is `changed-meanwhile`. Not synced; `container` is to be discarded on failure.
Result<Stored> encrypt(platform::File& plaintext, std::uint64_t size, platform::File& container,
                       const Identity& identity, const VersionKeys& keys, const crypto::SigningKey& creator,
                       Random& random, const Effort& effort);

/// Reads a container back and checks all that a reader would: MAC, commitment, every chunk, D, signature.
Status verify(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
              const crypto::Sha256Digest& expectedDigest, const Effort& effort);

/// One byte range of plaintext that does not authenticate.
struct DamagedRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// Decrypts into the empty file `plaintext`, each chunk only after it verified; D and signature are
/// checked at the end, so the caller publishes the file only when this is ok. `integrity` otherwise.
Status decrypt(platform::File& container, platform::File& plaintext, const VersionKeys& keys,
               const crypto::PublicKey& creator, const crypto::Sha256Digest& expectedDigest, const Effort& effort);

/// *Int Override* (PROT-2): as `decrypt`, but a chunk that does not authenticate becomes zeros and is
/// reported, and D and signature may differ. Header MAC and commitment must still hold.
Result<std::vector<DamagedRange>> decryptDamaged(platform::File& container, platform::File& plaintext,
                                                 const VersionKeys& keys, const Effort& effort);

/// Random access for readers that want a part. One thread at a time.
class Reader {
public:
    static Result<Reader> open(platform::File& container, const VersionKeys& keys);
    std::uint64_t size() const { return header_.plaintextSize; }
    const Header& header() const { return header_; }
    /// Fills `to` from `offset`, each chunk verified first; fewer bytes only at the end.
    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

private:
    struct State;
    Reader(platform::File& file, Header header, std::unique_ptr<State> state);
    platform::File* file_;
    Header header_;
    std::unique_ptr<State> state_;
};

/// The header of the file, or `data-damaged`; `not-found` (no message about damage) is only for a missing file.
/// `foreign-file` never occurs: a file that is no container gives an empty optional.
Result<std::optional<Header>> readHeader(platform::File& file);

} // namespace ssprotect::container
