#include "raw_pipe.h"

#include <array>

namespace ssprotect::ipc {

bool RawPipe::sendFrame(std::string_view body) { return send(frameOf(body)); }

std::optional<nlohmann::json> RawPipe::receive() {
    std::array<char, 4> length{};
    if (!readAll(length.data(), length.size()))
        return std::nullopt;
    std::string body(loadBigEndian<std::uint32_t>(viewOf({length.data(), length.size()})), '\0');
    if (!readAll(body.data(), body.size()))
        return std::nullopt;
    return nlohmann::json::parse(body);
}

std::string frameOf(std::string_view body) {
    std::string frame(4, '\0');
    storeBigEndian(static_cast<std::uint32_t>(body.size()),
                   MutableByteView(reinterpret_cast<Byte*>(frame.data()), frame.size()));
    return frame.append(body);
}

} // namespace ssprotect::ipc
