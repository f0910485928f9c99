#pragma once

#include "conversion_job.h"

#include <map>

namespace ssprotect::app {

/// convert.*: bulk conversions by job number. Any thread.
class ConversionMethods {
public:
    explicit ConversionMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

    std::size_t running() const;
    /// What that client began is cancelled: each file is whole, the rest stays as it was.
    void clientGone(const Client& client);
    void cancelAll();

private:
    Result<Json> start(Invocation& invocation);
    Result<Json> add(Invocation& invocation);
    Result<Json> run(Invocation& invocation);
    Result<Json> control(Invocation& invocation, void (ConversionJob::*action)());

    Result<std::shared_ptr<ConversionJob>> find(std::uint64_t id) const;
    void forget(std::uint64_t id);

    Rooms& rooms_;
    mutable std::mutex mutex_;
    std::uint64_t next_ = 1;
    std::map<std::uint64_t, std::shared_ptr<ConversionJob>> jobs_;
    std::size_t running_ = 0;
};

} // namespace ssprotect::app
