#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/ipc/endpoint.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace ssprotect::ipc {

/// A client without manners: sends whatever bytes a test wants.
class RawPipe {
public:
    explicit RawPipe(const Endpoint& endpoint);
    RawPipe(RawPipe&& other) noexcept;
    ~RawPipe();

    /// False when the peer has closed.
    bool send(std::string_view bytes);
    /// With the length before it.
    bool sendFrame(std::string_view body);
    /// The JSON of the next frame; nothing when the peer closed (or after a long time).
    std::optional<nlohmann::json> receive();
    /// Throws away what comes until the peer closes.
    bool waitForClose();

private:
    friend class RawListener;
    struct Handle;
    explicit RawPipe(std::unique_ptr<Handle> connected);
    bool readAll(char* to, std::size_t size);

    std::unique_ptr<Handle> handle_;
};

/// A server that a test plays itself: listens where the tray process would.
class RawListener {
public:
    explicit RawListener(const Endpoint& endpoint);
    ~RawListener();
    RawPipe accept();

private:
    std::unique_ptr<RawPipe::Handle> handle_;
};

std::string frameOf(std::string_view body);

} // namespace ssprotect::ipc
