#include "table_digest.h"

#include "ssprotect/crypto/hash.h"

namespace ssprotect::store {
namespace {

// The kind of a column and its length go before its content, so that no two rows read alike.
void update(crypto::Sha256& hash, std::size_t kind, ByteView content) {
    std::array<Byte, 9> head;
    head[0] = static_cast<Byte>(kind);
    storeBigEndian(std::uint64_t{content.size()}, MutableByteView(head).subspan(1));
    hash.update(head);
    hash.update(content);
}

} // namespace

void TableDigest::add(const std::vector<Row::Column>& row) {
    crypto::Sha256 hash;
    for (const auto& column : row) {
        std::array<Byte, 8> number{};
        ByteView content;
        if (const auto* integer = std::get_if<std::int64_t>(&column)) {
            storeBigEndian(*integer, number);
            content = number;
        } else if (const auto* text = std::get_if<std::string>(&column)) {
            content = viewOf(*text);
        } else if (const auto* bytes = std::get_if<Bytes>(&column)) {
            content = *bytes;
        }
        update(hash, column.index(), content);
    }
    const crypto::Sha256Digest digest = hash.finish();
    for (std::size_t i = 0; i < sum_.size(); ++i)
        sum_[i] += loadBigEndian<std::uint64_t>(ByteView(digest).subspan(8 * i, 8));
    ++rows_;
}

} // namespace ssprotect::store
