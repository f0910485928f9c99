#include "opened_container.h"
#include "ssprotect/container/body_reader.h"
#include "ssprotect/container/container.h"

namespace ssprotect::container {

Reader::Reader(Header header, BodyReader body) : header_(std::move(header)), body_(std::move(body)) {}

Result<Reader> Reader::open(platform::File& container, const VersionKeys& keys) {
    auto opened = openContainer(container, keys, SizeMismatch::refused);
    if (!opened)
        return std::move(opened).error();
    return Reader(std::move(opened->header), BodyReader(std::move(opened->body)));
}

Result<std::size_t> Reader::readAt(std::uint64_t offset, MutableByteView to) {
    auto got = body_.readAt(offset, to);
    if (!got)
        return asIntegrity(std::move(got).error());
    return got;
}

} // namespace ssprotect::container
