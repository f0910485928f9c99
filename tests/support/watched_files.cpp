#include "watched_files.h"

namespace ssprotect::support {

using platform::File;
using platform::FileInfo;
using platform::Path;

namespace {

class WatchedFile final : public File {
public:
    WatchedFile(WatchedFiles& files, std::unique_ptr<File> inner) : files_(files), inner_(std::move(inner)) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override { return inner_->readAt(offset, to); }
    Status writeAt(std::uint64_t offset, ByteView from) override {
        auto step = files_.step();
        return step ? inner_->writeAt(offset, from) : step;
    }
    Status resize(std::uint64_t size) override {
        auto step = files_.step();
        return step ? inner_->resize(size) : step;
    }
    Status sync() override {
        auto step = files_.step();
        return step ? inner_->sync() : step;
    }
    void startWriteback(std::uint64_t offset, std::uint64_t length) override { inner_->startWriteback(offset, length); }
    Result<FileInfo> info() override { return inner_->info(); }

private:
    WatchedFiles& files_;
    std::unique_ptr<File> inner_;
};

Result<std::unique_ptr<File>> watched(WatchedFiles& files, Result<std::unique_ptr<File>> inner) {
    if (!inner)
        return inner;
    return std::unique_ptr<File>(std::make_unique<WatchedFile>(files, std::move(*inner)));
}

} // namespace

Result<std::unique_ptr<File>> WatchedFiles::open(const Path& path, platform::Access access, platform::Sharing sharing) {
    return watched(*this, inner_.open(path, access, sharing));
}

Result<std::unique_ptr<File>> WatchedFiles::create(const Path& path) {
    if (auto may = step(); !may)
        return std::move(may).error();
    return watched(*this, inner_.create(path));
}

Status WatchedFiles::copyAttributes(const Path& from, const Path& to) {
    auto may = step();
    return may ? inner_.copyAttributes(from, to) : may;
}

Status WatchedFiles::setModified(const Path& path, std::int64_t nanos) {
    auto may = step();
    return may ? inner_.setModified(path, nanos) : may;
}

Result<Path> WatchedFiles::replace(const Path& target, const Path& replacement) {
    if (auto may = step(); !may)
        return std::move(may).error();
    return inner_.replace(target, replacement);
}

Status WatchedFiles::rename(const Path& from, const Path& to) {
    auto may = step();
    return may ? inner_.rename(from, to) : may;
}

Status WatchedFiles::renameNew(const Path& from, const Path& to) {
    auto may = step();
    return may ? inner_.renameNew(from, to) : may;
}

Status WatchedFiles::remove(const Path& path) {
    auto may = step();
    return may ? inner_.remove(path) : may;
}

Status WatchedFiles::createDirectories(const Path& path) {
    auto may = step();
    return may ? inner_.createDirectories(path) : may;
}

Status WatchedFiles::syncDirectory(const Path& directory) {
    auto may = step();
    return may ? inner_.syncDirectory(directory) : may;
}

} // namespace ssprotect::support
