#pragma once

#include "ssprotect/conversion/converter.h"
#include "ssprotect/conversion/recovery.h"
#include "support/fake_authorisation.h"
#include "support/fake_chain_records.h"
#include "support/fault_file_system.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"

#include <ostream>

namespace ssprotect::conversion::test {

using platform::Path;
using support::FaultFileSystem;

inline const Path kDocs = "/docs";
inline const Path kJournal = "/home/journal";

/// Text that no ciphertext contains by chance, of any length; `name` tells two apart.
Bytes secretText(std::string_view name, std::size_t size);

/// One process of the engine over a disk: what a test needs to work on it, and what outlives a crash of it (KODiAC)
/// given from outside.
class Engine {
public:
    explicit Engine(platform::FileSystem& files, const ssprotect::test::FakeKodiac& kodiac = {}, Byte account = 1,
                    std::uint64_t seed = 1, unsigned workers = 1);

    std::vector<ItemResult> activate(const std::vector<Path>& paths, const ConvertOptions& options = {}) {
        return converter.convert(Operation::activate, paths, options);
    }
    ItemResult activate(const Path& path) { return activate(std::vector{path}).front(); }
    std::vector<ItemResult> release(const std::vector<Path>& paths, const ConvertOptions& options = {}) {
        return converter.convert(Operation::release, paths, options);
    }
    ItemResult release(const Path& path) { return release(std::vector{path}).front(); }

    RecoveryReport recoverFiles() { return conversion::recoverFiles(journal, files, clock, *log); }
    RecoveryReport recoverWithSession() {
        return conversion::recoverWithSession(journal, files, authority, records, "anna@example.com", clock, *log);
    }

    platform::FileSystem& files;
    ssprotect::test::FakeKodiac kodiac;
    ssprotect::test::FakeAuthorisation authority;
    ssprotect::test::FakeChainRecords records;
    ssprotect::test::SeededRandom random;
    ssprotect::test::ManualClock clock;
    std::shared_ptr<Log> log;
    Journal journal;
    Converter converter;
};

/// A disk with the folders that every test uses.
std::unique_ptr<FaultFileSystem> makeDisk(support::ReplaceStyle style = support::ReplaceStyle::exchange);

/// Every file of the disk with its content, folders left out.
std::map<Path, Bytes> filesOf(const FaultFileSystem& disk);
/// The names in the documents folder.
std::vector<Path> documents(const FaultFileSystem& disk);

bool isContainer(const Bytes& content);

/// The word of the result, "ok", or the skip.
std::string wordOf(const ItemResult& result);

} // namespace ssprotect::conversion::test
