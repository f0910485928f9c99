#pragma once

#include "ssprotect/platform/file_system.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct archive;

namespace ssprotect::kodiacd {

/// A tar file (POSIX pax) of a few files of one folder, through libarchive. One thread.
class ArchiveWriter {
public:
    /// Into a new file for the owner only; `already-exists`.
    static Result<ArchiveWriter> create(platform::FileSystem& files, const platform::Path& file);
    ArchiveWriter(ArchiveWriter&& other) noexcept;
    ~ArchiveWriter();

    /// The file's content under that name. Errors are the file system's.
    Status add(platform::FileSystem& files, const platform::Path& file, const std::string& name);
    /// Whole and durable when ok.
    Status finish();

private:
    struct Sink;
    struct Closer {
        void operator()(archive* each) const;
    };

    ArchiveWriter(std::unique_ptr<Sink> sink, std::unique_ptr<archive, Closer> out);
    Error failure(std::string_view what) const;

    std::unique_ptr<Sink> sink_; // outlives the archive, which writes its end into it
    std::unique_ptr<archive, Closer> archive_;
};

/// Puts the files of a tar file into a folder, each new and for the owner only. Only regular files whose names are in
/// `known`, each once, else `data-damaged`; nothing but their content is taken. Returns the names.
Result<std::vector<std::string>> unpackArchive(platform::FileSystem& files, const platform::Path& file,
                                               const platform::Path& folder, const std::vector<std::string>& known);

} // namespace ssprotect::kodiacd
