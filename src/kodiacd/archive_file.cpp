#include "archive_file.h"

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <optional>

namespace ssprotect::kodiacd {
namespace {

constexpr std::size_t kPiece = 1 << 20;
constexpr int kOwnerOnly = 0600;

struct EntryCloser {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
struct ReaderCloser {
    void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, ReaderCloser>;

Error damaged(const std::string& why) {
    return makeError(ErrorCode::dataDamaged, "the backup is not usable: " + why + "; nothing was restored");
}

/// What libarchive reads from.
struct Source {
    std::unique_ptr<platform::File> file;
    std::uint64_t offset = 0;
    WipedBytes piece = WipedBytes(kPiece);
    std::optional<Error> error{};
};

la_ssize_t readPiece(archive* reader, void* data, const void** to) {
    auto& source = *static_cast<Source*>(data);
    auto got = source.file->readAt(source.offset, source.piece);
    if (!got) {
        archive_set_error(reader, EIO, "the file can't be read");
        source.error = std::move(got).error();
        return ARCHIVE_FATAL;
    }
    source.offset += *got;
    *to = source.piece.data();
    return static_cast<la_ssize_t>(*got);
}

/// The content of the entry that was just found, into a new file.
Status unpackEntry(platform::FileSystem& files, archive* reader, const platform::Path& to) {
    auto file = files.create(to);
    if (!file)
        return std::move(file).error();
    const void* piece = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    for (;;) {
        const int read = archive_read_data_block(reader, &piece, &size, &offset);
        if (read == ARCHIVE_EOF)
            return (*file)->sync();
        if (read != ARCHIVE_OK || offset < 0)
            return damaged("it ends too early or was changed");
        const ByteView bytes(static_cast<const Byte*>(piece), size);
        if (auto written = (*file)->writeAt(static_cast<std::uint64_t>(offset), bytes); !written)
            return written;
    }
}

} // namespace

struct ArchiveWriter::Sink {
    std::unique_ptr<platform::File> file;
    std::uint64_t offset = 0;
    std::optional<Error> error{};

    static la_ssize_t write(archive* out, void* data, const void* from, std::size_t size) {
        auto& sink = *static_cast<Sink*>(data);
        auto written = sink.file->writeAt(sink.offset, ByteView(static_cast<const Byte*>(from), size));
        if (!written) {
            archive_set_error(out, EIO, "the file can't be written");
            sink.error = std::move(written).error();
            return ARCHIVE_FATAL;
        }
        sink.offset += size;
        return static_cast<la_ssize_t>(size);
    }
};

void ArchiveWriter::Closer::operator()(archive* each) const { archive_write_free(each); }

ArchiveWriter::ArchiveWriter(std::unique_ptr<Sink> sink, std::unique_ptr<archive, Closer> out)
    : sink_(std::move(sink)), archive_(std::move(out)) {}

ArchiveWriter::ArchiveWriter(ArchiveWriter&&) noexcept = default;
ArchiveWriter::~ArchiveWriter() = default;

Error ArchiveWriter::failure(std::string_view what) const {
    if (sink_->error)
        return *sink_->error;
    const char* why = archive_error_string(archive_.get());
    return makeError(ErrorCode::ioError, std::string(what) + " failed: " + (why == nullptr ? "unknown" : why));
}

Result<ArchiveWriter> ArchiveWriter::create(platform::FileSystem& files, const platform::Path& file) {
    auto made = files.create(file);
    if (!made)
        return std::move(made).error();
    auto sink = std::make_unique<Sink>(Sink{std::move(*made)});
    ArchiveWriter writer(std::move(sink), std::unique_ptr<archive, Closer>(archive_write_new()));
    archive* out = writer.archive_.get();
    if (out == nullptr || archive_write_set_format_pax_restricted(out) != ARCHIVE_OK ||
        archive_write_open(out, writer.sink_.get(), nullptr, Sink::write, nullptr) != ARCHIVE_OK)
        return writer.failure("making the archive");
    return writer;
}

Status ArchiveWriter::add(platform::FileSystem& files, const platform::Path& file, const std::string& name) {
    auto from = files.open(file, platform::Access::read);
    if (!from)
        return std::move(from).error();
    auto info = (*from)->info();
    if (!info)
        return std::move(info).error();
    const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kOwnerOnly);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(info->size));
    archive_entry_set_mtime(entry.get(), toUnixMillis(info->modified) / 1000, 0);
    if (archive_write_header(archive_.get(), entry.get()) != ARCHIVE_OK)
        return failure("writing the archive");
    WipedBytes piece(kPiece);
    for (std::uint64_t offset = 0; offset < info->size;) {
        auto got = (*from)->readAt(offset, piece);
        if (!got)
            return std::move(got).error();
        if (*got == 0)
            return makeError(ErrorCode::changedMeanwhile, "a file became shorter while it was copied; try again");
        const auto size = std::min<std::uint64_t>(*got, info->size - offset);
        if (archive_write_data(archive_.get(), piece.data(), size) != static_cast<la_ssize_t>(size))
            return failure("writing the archive");
        offset += size;
    }
    return {};
}

Status ArchiveWriter::finish() {
    if (archive_write_close(archive_.get()) != ARCHIVE_OK)
        return failure("writing the archive");
    return sink_->file->sync();
}

Result<std::vector<std::string>> unpackArchive(platform::FileSystem& files, const platform::Path& file,
                                               const platform::Path& folder, const std::vector<std::string>& known) {
    auto opened = files.open(file, platform::Access::read);
    if (!opened)
        return std::move(opened).error();
    Source source{std::move(*opened)};
    const Reader reader(archive_read_new());
    if (reader == nullptr || archive_read_support_format_tar(reader.get()) != ARCHIVE_OK ||
        archive_read_open(reader.get(), &source, nullptr, readPiece, nullptr) != ARCHIVE_OK)
        return source.error ? *source.error : damaged("it is no archive of kodiacd");
    std::vector<std::string> names;
    for (;;) {
        archive_entry* entry = nullptr;
        const int next = archive_read_next_header(reader.get(), &entry);
        if (source.error)
            return *source.error;
        if (next == ARCHIVE_EOF)
            return names;
        if (next != ARCHIVE_OK)
            return damaged("it is no archive of kodiacd, or was changed");
        const char* pathname = archive_entry_pathname(entry);
        const std::string name = pathname == nullptr ? "" : pathname;
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr ||
            std::find(known.begin(), known.end(), name) == known.end() ||
            std::find(names.begin(), names.end(), name) != names.end())
            return damaged("it holds what no backup of kodiacd holds");
        if (auto unpacked = unpackEntry(files, reader.get(), folder / name); !unpacked)
            return std::move(unpacked).error();
        names.push_back(name);
    }
}

} // namespace ssprotect::kodiacd
