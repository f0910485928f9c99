#pragma once

#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/session/server_set.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace ssprotect::session {

/// Where the KODiAC of a Server Set is found. Any thread.
class KodiacDirectory {
public:
    virtual ~KodiacDirectory() = default;

    /// Sessions hold it for as long as they have something to close (PROT-14).
    virtual Result<std::shared_ptr<kodiac::Kodiac>> of(const ServerSet& servers) = 0;
    /// The CA that is to follow the present one, as that KODiAC announces and the present one signed; none: no change
    /// is near.
    virtual Result<std::optional<std::string>> nextPin(const ServerSet& servers) = 0;
};

/// The embedded KODiAC, and others by a client that is made once per Server Set and kept.
class ServerDirectory final : public KodiacDirectory {
public:
    struct Remote {
        std::shared_ptr<kodiac::Kodiac> kodiac;
        std::function<Result<std::optional<std::string>>()> nextPin;
        std::function<void()> cancel;
    };
    using Opener = std::function<Result<Remote>(const ServerSet&)>;

    /// `embedded` is not owned. Without an opener every other KODiAC is `refused`.
    explicit ServerDirectory(kodiac::Kodiac& embedded, Opener opener = {});

    Result<std::shared_ptr<kodiac::Kodiac>> of(const ServerSet& servers) override;
    Result<std::optional<std::string>> nextPin(const ServerSet& servers) override;

    /// At shutdown: every call to a KODiAC elsewhere, also one that waits, is `cancelled` from now on.
    void cancel();

private:
    Result<Remote> remote(const ServerSet& servers);

    kodiac::Kodiac& embedded_;
    const Opener opener_;
    std::mutex mutex_; ///< over what follows
    std::vector<std::pair<ServerSet, Remote>> remotes_;
};

} // namespace ssprotect::session
