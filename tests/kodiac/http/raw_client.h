#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ssprotect::kodiac::http {

struct RawAnswer {
    int status = 0;
    std::map<std::string, std::string> fields; ///< names in lower case
    std::string body;
};

/// A client that sends whatever it is told, over TLS as the server's own clients do or over bare TCP.
class RawClient {
public:
    enum class Over { tls, tls12, tcp };
    explicit RawClient(std::uint16_t port, Over over = Over::tls);
    ~RawClient();

    /// Whether the handshake succeeded.
    bool isConnected() const;
    void send(std::string_view text);
    /// None when the server closed instead.
    std::optional<RawAnswer> receive();
    std::optional<RawAnswer> exchange(std::string_view text) {
        send(text);
        return receive();
    }
    /// Waits until the server closes; false when it says something instead.
    bool isClosed();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// A well-formed request.
std::string rawPost(std::string_view operation, std::string_view body, std::string_view moreFields = {});

} // namespace ssprotect::kodiac::http
