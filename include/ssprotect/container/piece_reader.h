#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/container/sealed_body.h"
#include "ssprotect/crypto/hash.h"

#include <functional>
#include <vector>

namespace ssprotect::container {

/// One byte range of plaintext that does not authenticate.
struct DamagedRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;

    friend bool operator==(const DamagedRange&, const DamagedRange&) = default;
};

/// Opens a body piece by piece, for whoever wants all of it. A chunk belongs to the piece that it starts in, so the
/// pieces may be read in any order and by several threads, each with a PieceReader of its own, and together they give
/// each byte of plaintext once. Keeps a quarter of a MiB of each kind and wipes it. The body must outlive it.
class PieceReader {
public:
    /// Takes the plaintext of a piece from front to back, in portions; each byte has been verified.
    using Sink = std::function<Status(std::uint64_t offset, ByteView plaintext)>;

    explicit PieceReader(const SealedBody& body);

    /// The SHA-256 of the piece's encrypted bytes. `integrity` when a chunk does not authenticate: nothing from it on
    /// was handed out. A failure of the sink is returned as it is.
    Result<crypto::Sha256Digest> read(std::uint64_t piece, const Sink& sink);

    /// As `read` for one who needs neither plaintext nor digest: opens every chunk, and that is all.
    Status check(std::uint64_t piece);

    /// As `read`, but a chunk that does not authenticate, or is missing at the end of the file, is handed out as zeros
    /// and added to `damaged`.
    Status readDamaged(std::uint64_t piece, const Sink& sink, std::vector<DamagedRange>& damaged);

private:
    struct Run;
    struct Task;
    Status work(std::uint64_t piece, const Task& task);
    Status fill(std::uint64_t offset, MutableByteView to, bool missingIsZero);
    Status openRun(const Run& run, ByteView sealed, const Task& task);

    const SealedBody* body_;
    BodyKeys::ChunkCipher cipher_;
    Bytes sealed_;
    WipedBytes plaintext_;
};

} // namespace ssprotect::container
