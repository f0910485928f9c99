#include "secret_codec.h"

#include <algorithm>
#include <array>

namespace ssprotect::session {

void SecretWriter::write(ByteView bytes) {
    if (bytes.size() > buffer_.size() - used_) {
        crypto::SecretBytes larger(std::max(buffer_.size() * 2, used_ + bytes.size()));
        std::copy_n(buffer_.bytes().begin(), used_, larger.bytes().begin());
        buffer_ = std::move(larger);
    }
    std::copy(bytes.begin(), bytes.end(), buffer_.bytes().subspan(used_).begin());
    used_ += bytes.size();
}

void SecretWriter::number(std::uint64_t value) {
    std::array<Byte, 8> bytes;
    storeBigEndian(value, bytes);
    write(bytes);
}

void SecretWriter::field(ByteView bytes) {
    std::array<Byte, 4> length;
    storeBigEndian(static_cast<std::uint32_t>(bytes.size()), length);
    write(length);
    write(bytes);
}

crypto::SecretBytes SecretWriter::finish() {
    auto result = crypto::SecretBytes::copyOf(buffer_.view().first(used_));
    buffer_ = crypto::SecretBytes(256);
    used_ = 0;
    return result;
}

ByteView SecretReader::take(std::uint64_t size) {
    if (failed_ || size > rest_.size()) {
        failed_ = true;
        return {};
    }
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
}

std::uint64_t SecretReader::number() {
    const ByteView bytes = take(8);
    return failed_ ? 0 : loadBigEndian<std::uint64_t>(bytes);
}

ByteView SecretReader::field() {
    const ByteView length = take(4);
    return failed_ ? ByteView{} : take(loadBigEndian<std::uint32_t>(length));
}

ByteView SecretReader::field(std::size_t size) {
    const ByteView bytes = field();
    if (bytes.size() != size)
        failed_ = true;
    return failed_ ? ByteView{} : bytes;
}

std::uint64_t SecretReader::count(std::size_t leastSize) {
    const std::uint64_t value = number();
    if (value > rest_.size() / leastSize)
        failed_ = true;
    return failed_ ? 0 : value;
}

Status SecretReader::finish() const {
    if (failed_ || !rest_.empty())
        return makeError(ErrorCode::dataDamaged, "the record does not have the form it should have");
    return {};
}

} // namespace ssprotect::session
