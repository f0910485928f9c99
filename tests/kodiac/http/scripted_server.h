#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::kodiac::http {

/// A server that says what a test tells it, whatever it is asked. TLS is right.
class ScriptedServer {
public:
    /// The answer to the n-th request of all, from 0; empty: it closes without one.
    using Script = std::function<std::string(int)>;
    explicit ScriptedServer(Script script);
    ~ScriptedServer();

    std::uint16_t port() const;
    /// Whole requests, in order.
    std::vector<std::string> requests() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// 200 with a length, or another status line.
std::string rawReply(std::string_view body, std::string_view moreFields = {}, std::string_view status = "200 OK",
                     std::string_view type = "application/json");

} // namespace ssprotect::kodiac::http
