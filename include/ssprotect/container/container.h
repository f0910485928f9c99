#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/container/body_reader.h"
#include "ssprotect/container/header.h"
#include "ssprotect/container/piece_reader.h"
#include "ssprotect/container/version_keys.h"
#include "ssprotect/platform/file_system.h"

#include <functional>
#include <optional>
#include <vector>

/// Whole containers between files: streaming, constant memory, several threads on big
/// files. Nothing here asks KODiAC or touches names; callers place and replace files. A file that is no
/// container, or one with a structure that cannot be, is `integrity` for all that want its content.
namespace ssprotect::container {

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
/// Draws from `random` the DEK (32 bytes), then the body's salt (24).
Result<Stored> encrypt(platform::File& plaintext, std::uint64_t size, platform::File& container,
                       const Identity& identity, const VersionKeys& keys, const crypto::SigningKey& creator,
                       Random& random, const Effort& effort);

/// Reads a container back and checks all that a reader would: MAC, commitment, every chunk, D, signature.
Status verify(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
              const crypto::Sha256Digest& expectedDigest, const Effort& effort);

/// For the one who has just written it: as `verify`, but D is not computed a second time. `encrypt` took D from the
/// very bytes that it gave to the file; a chunk that opens under this fresh key is the one that was sealed, so the file
/// holds what D was taken from. Half the time of `verify`. Of anybody else's container it proves less.
Status verifyWritten(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
                     const Stored& stored, const Effort& effort);

/// Decrypts into the empty file `plaintext`, each chunk only after it verified; D and signature are
/// checked at the end, so the caller publishes the file only when this is ok. `integrity` otherwise.
Status decrypt(platform::File& container, platform::File& plaintext, const VersionKeys& keys,
               const crypto::PublicKey& creator, const crypto::Sha256Digest& expectedDigest, const Effort& effort);

/// *Int Override* (PROT-2): as `decrypt`, but a chunk that does not authenticate, or is missing because the file was
/// cut off, becomes zeros and is reported, in order; D and signature may differ. Header MAC and commitment must still
/// hold.
Result<std::vector<DamagedRange>> decryptDamaged(platform::File& container, platform::File& plaintext,
                                                 const VersionKeys& keys, const Effort& effort);

/// Random access for readers that want a part. One thread at a time; the file must outlive it. What D and the
/// signature prove is not asked: only `verify` and `decrypt` see the whole.
class Reader {
public:
    static Result<Reader> open(platform::File& container, const VersionKeys& keys);

    const Header& header() const { return header_; }
    std::uint64_t size() const { return header_.plaintextSize; }
    /// Fills `to` from `offset`, each chunk verified first; fewer bytes only at the end.
    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to);

private:
    Reader(Header header, BodyReader body);
    Header header_;
    BodyReader body_;
};

/// The header of the file, or `data-damaged`. A file that is no container gives an empty optional.
Result<std::optional<Header>> readHeader(platform::File& file, SizeMismatch mismatch = SizeMismatch::refused);

} // namespace ssprotect::container
