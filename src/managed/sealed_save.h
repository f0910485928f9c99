#pragma once

#include "document_stamp.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/random.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/platform/file_system.h"

/// One save of an open document on disk, encrypted to the account's own X25519 key: made without a session,
/// opened by the next one. Big-endian:
///
///     0  8  magic 89 53 53 56 0D 0A 1A 0A
///     8  8  plaintext size
///    16  8  the document's modification time, ns since 1970 (signed)
///    24 32  HPKE encapsulated key
///    56 48  HPKE ciphertext of the 32-byte input key; info = "ssprotect/save/v1" ‖ account ‖ open id, aad = bytes 0–23
///   104  …  C2SP chunked encryption of the document under that key, context = bytes 0–55 ‖ info
///
/// Constant memory, whatever the document's size.
namespace ssprotect::managed {

/// Whose save it is; another account's key or another open's file does not fit.
struct SaveBinding {
    AccountId account;
    std::string openId;
};

/// Into the empty file `save`. `changed-meanwhile` when the document is not `stamp.size` bytes long. Not synced.
Status sealSave(platform::File& document, const DocumentStamp& stamp, platform::File& save,
                const crypto::PublicKey& recipient, const SaveBinding& binding, Random& random);

/// Which content a save holds; nothing is authenticated. `data-damaged` for anything that is no whole save.
Result<DocumentStamp> readSaveStamp(platform::File& save);

/// The document of a save, as a file to read. Each chunk is verified before a byte of it is handed out
/// (`integrity`), and no plaintext comes to lie anywhere.
class SavedDocument final : public platform::File {
public:
    static Result<std::unique_ptr<platform::File>> open(std::unique_ptr<platform::File> save,
                                                        const crypto::AgreementKey& key, const SaveBinding& binding);
    ~SavedDocument() override;

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override;
    Result<platform::FileInfo> info() override;
    /// It cannot be written: `access-denied`.
    Status writeAt(std::uint64_t offset, ByteView from) override;
    Status resize(std::uint64_t size) override;
    Status sync() override;
    void startWriteback(std::uint64_t, std::uint64_t) override {}

private:
    struct Inside;
    explicit SavedDocument(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::managed
