#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/ipc/endpoint.h"
#include "ssprotect/ipc/instance_lock.h"

#include <functional>
#include <memory>
#include <optional>

namespace boost::asio {
class io_context;
}

namespace ssprotect::ipc {

/// The server's end of one byte stream. Its owner makes all calls one at a time; at most one read and one write
/// are under way. Completions come on threads of the io_context, never out of the call itself. Destroying
/// the stream closes it and completes what is under way; buffers live until then.
class Stream {
public:
    /// Bytes moved, at least one; nothing when the stream has ended or failed.
    using Done = std::function<void(std::optional<std::size_t>)>;

    virtual ~Stream() = default;
    virtual void readSome(MutableByteView to, Done done) = 0;
    virtual void writeSome(ByteView from, Done done) = 0;
};

/// Where clients of this user come in; anybody else is turned away without a word.
class Acceptor {
public:
    /// Null: somebody was turned away or went again.
    using Accepted = std::function<void(std::unique_ptr<Stream>)>;

    /// Destroying it ends the waiting and takes the endpoint away; `accepted` may still be called once.
    virtual ~Acceptor() = default;
    /// One at a time; same rules as Stream.
    virtual void accept(Accepted accepted) = 0;
};

/// The acceptor of this platform; may remove what a dead predecessor left: hence the lock.
Result<std::unique_ptr<Acceptor>> listenAt(boost::asio::io_context& context, const Endpoint& endpoint,
                                           const InstanceLock& lock);

} // namespace ssprotect::ipc
