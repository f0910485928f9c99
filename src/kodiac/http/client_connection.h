#pragma once

#include "server_address.h"
#include "ssprotect/base/wiped_bytes.h"
#include "tls.h"

#include <memory>
#include <optional>
#include <variant>

namespace ssprotect::kodiac::http {

struct HttpResponse {
    int status = 0;
    std::string type;
    WipedBytes body;
    bool retryLater = false; ///< refused without having been looked at
    bool keep = false;       ///< the connection may be used again
};

/// An exchange that came to nothing.
struct Loss {
    Error error;
    bool arrived = false; ///< the server may have got the whole request
};

/// One connection to a server, used by one thread at a time; only `cancel` may come from another. After an Error or a
/// Loss it is of no more use.
class ClientConnection {
public:
    explicit ClientConnection(TlsContext tls);
    ~ClientConnection();

    /// TCP and TLS. `kodiac-unreachable`; `peer-refused` when the server does not show the right certificate.
    Status connect(const ServerAddress& address, const Endpoints& endpoints, Deadline deadline);

    /// Sends the whole request and reads the answer, within the limits of the form.
    std::variant<HttpResponse, Loss> exchange(const WipedBytes& request, Deadline deadline);

    /// False when the server has closed it, or says something that it was not asked.
    bool isStillOpen();
    const crypto::Sha256Digest& binding() const;

    void cancel();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac::http
