#pragma once

#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/session/backup.h"
#include "ssprotect/session/environment.h"

#include <memory>

namespace ssprotect::session {

/// The authority of an Individual, in this process: `$SSPROTECT_HOME/kodiac/kodiac.db` under the
/// master key beside it. One per home at a time (the instance lock sees to that). Any thread.
class EmbeddedKodiac final : public kodiac::Kodiac, public BackupSource {
public:
    /// Makes folder, key and database when missing; finishes a restore that was begun.
    static Result<std::unique_ptr<EmbeddedKodiac>> open(const Environment& environment, const HomeLayout& layout,
                                                        const crypto::ScryptParameters& newPassword);
    ~EmbeddedKodiac() override;

    Result<kodiac::Reply> perform(const kodiac::Call& call) override;
    crypto::Sha256Digest channelBinding() const override;
    Status snapshotTo(const platform::Path& folder) override;

private:
    struct Inside;
    explicit EmbeddedKodiac(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::session
