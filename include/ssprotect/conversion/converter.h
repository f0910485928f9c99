#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/conversion/authorisation.h"
#include "ssprotect/conversion/item_result.h"
#include "ssprotect/conversion/journal.h"
#include "ssprotect/vchain/chain_records.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace ssprotect::conversion {

/// What a batch holds at most; a bigger single file is a batch of its own.
constexpr std::size_t kMostFilesPerBatch = 1000;
constexpr std::uint64_t kMostBytesPerBatch = std::uint64_t{256} << 20;

/// What the engine works with; all of it outlives the Converter.
struct Services {
    platform::FileSystem& files;
    Authorisation& authority;
    vchain::ChainRecords& records;
    Journal& journal;
    Random& random;
    const Clock& clock;
    Log& log;
};

struct Effort {
    unsigned workers = 12;       ///< files at a time: small ones wait for the disk, not for the processor
    unsigned threadsPerFile = 0; ///< on a big one; 0 = one more than the machine has cores
};

/// What KODiAC and the header say of the version that was taken out.
struct OpenedDocument {
    container::Identity identity;
    container::IdentityBytes identityBytes{}; ///< what `StoreTask::expected` asks for at the close
    std::uint64_t size = 0;
    GrantId grant;            ///< the right to store once (PROT-14)
    VersionNumber latest = 0; ///< the newest KODiAC knows
    bool olderThanSeen = false;
};

/// Managed access takes a version out.
struct OpenTask {
    platform::Path container;
    platform::Path plaintext; ///< must not exist; its folder is the caller's, for the owner only
    /// May be empty. Called when KODiAC has authorised the access and before the first plaintext byte, so that the
    /// caller can record the grant and make the folder; an Error ends the task with it.
    std::function<Status(const OpenedDocument&)> authorised;
};

/// Managed access puts the next version in.
struct StoreTask {
    platform::Path plaintext;          ///< the workspace file, at rest
    platform::File* content = nullptr; ///< read instead of `plaintext`, where the content lies in no plain file
    platform::Path target;             ///< the container that gives way
    /// The container as it was opened; anything else there is a conflict (PROT-7). None: a new chain, v1, for a
    /// file that the application left beside the document; `target` should be free.
    std::optional<container::IdentityBytes> expected;
    std::optional<GrantId> grant; ///< none: the Owner goes on without one
    std::string accountName;      ///< for the name of a conflict copy
    /// May be empty. Told which version it will be before KODiAC can commit it: the caller's own journal must know
    /// after a crash whether its content was stored (`progressOf`), else it would store it twice. An Error abandons.
    std::function<Status(const container::Identity&)> begun;
};
struct StoreOutcome {
    std::optional<Error> error; ///< the target is as it was
    /// With an error: KODiAC may have committed `identity`, the answer never came. A later
    /// `recoverWithSession` places that version or discards it, and reports which.
    bool undecided = false;
    bool conflict = false; ///< another version lay there: `path` is the conflict copy
    container::Identity identity;
    platform::Path path; ///< where the new version lies
    std::uint64_t size = 0;
};

/// The conversion engine of one login session: each call walks the corridor plan → begin → stream →
/// verify → commit → replace, its journal record written before each step that would hurt if it were the
/// last. Paths are absolute, their folders' links resolved by the caller. Any thread, several at once.
class Converter {
public:
    Converter(Services services, const Effort& effort);
    ~Converter();
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// One result per path, in order (PROT-1, 2, 13, 15). Refusals: `symbolic-link`, `hard-linked`, `unsupported-file`
    /// (folder, device, our own temporary), `not-protected` (Release), `integrity` (damaged container), `foreign-file`,
    /// `take-ownership`, `changed-meanwhile` after three attempts, and what KODiAC or the file system says.
    std::vector<ItemResult> convert(Operation operation, std::span<const platform::Path> paths,
                                    const ConvertOptions& options);

    /// Decrypts into a new file; on any error that file is gone. Not synced: a workspace does not
    /// outlive the machine's memory. `not-protected` for a plain file.
    Result<OpenedDocument> openVersion(const OpenTask& task, const Control& control);

    /// The next version of the chain into the place of the container, with its attributes and the time
    /// of now. The workspace file is left alone; it may be wiped once this returned without an error.
    StoreOutcome storeVersion(const StoreTask& task, const Control& control);

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace ssprotect::conversion
