#pragma once

#include "ssprotect/session/embedded_kodiac.h"

#include <functional>
#include <memory>
#include <shared_mutex>

namespace ssprotect::app {

/// The embedded KODiAC of the home, which a restored backup replaces while everything that
/// refers to it stays. Any thread.
class KodiacSlot final : public kodiac::Kodiac, public session::BackupSource {
public:
    using Opener = std::function<Result<std::unique_ptr<session::EmbeddedKodiac>>()>;

    explicit KodiacSlot(Opener opener) : opener_(std::move(opener)) {}

    Status open();
    /// Closes KODiAC, lets `work` at its files, opens it again; an Error of `work` comes first.
    Status whileClosed(const std::function<Status()>& work);

    Result<kodiac::Reply> perform(const kodiac::Call& call) override;
    crypto::Sha256Digest channelBinding() const override;
    Status snapshotTo(const platform::Path& folder) override;

private:
    Opener opener_;
    mutable std::shared_mutex mutex_;
    std::unique_ptr<session::EmbeddedKodiac> kodiac_;
};

} // namespace ssprotect::app
