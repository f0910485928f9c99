#pragma once

#include "ssprotect/platform/file_system.h"

#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::conversion {

/// A folder of small files that each tell what is under way, so that it can be finished or undone
/// after a crash: the engine's journal, and managed access's. A record is old or new, never
/// torn, and durable when `write` returns. Any thread; one writer per name.
class RecordFolder {
public:
    /// Names of records end with `suffix` (".batch"); other files in the folder are not touched.
    RecordFolder(platform::FileSystem& files, platform::Path folder, std::string suffix);

    /// Creates the folder, durably. Once, before the first record.
    Status prepare();
    /// Removes what a crash inside `write` left behind. Before the first record of this process.
    Status removeLeftovers();

    /// `name` without the suffix: letters, digits, '-'.
    Status write(std::string_view name, ByteView content);
    /// Not durable at once: after a crash the record may be back, and what it asks for must then
    /// turn out to be done. Absent is ok.
    Status remove(std::string_view name);
    /// `data-damaged` when the content is not what was written.
    Result<Bytes> read(std::string_view name) const;
    /// Sorted. A folder that is not there has none.
    Result<std::vector<std::string>> names() const;

private:
    platform::Path pathOf(std::string_view name) const;

    platform::FileSystem& files_;
    platform::Path folder_;
    std::string suffix_;
};

/// A path as bytes that give the same path again on this system, whatever its encoding; for records.
std::string pathToRecord(const platform::Path& path);
/// `data-damaged` for text that `pathToRecord` does not write.
Result<platform::Path> pathFromRecord(std::string_view text);

} // namespace ssprotect::conversion
