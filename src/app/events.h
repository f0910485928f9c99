#pragma once

#include "ssprotect/app/client.h"

#include <memory>
#include <mutex>
#include <vector>

namespace ssprotect::app {

/// Tells every subscribed client. Any thread.
class Events {
public:
    void subscribe(const std::weak_ptr<Client>& client);
    void tell(std::string_view event, const Json& params);
    /// The first subscriber that has windows; null when there is none.
    std::shared_ptr<Client> windows();

private:
    std::vector<std::shared_ptr<Client>> listening();

    std::mutex mutex_;
    std::vector<std::weak_ptr<Client>> clients_;
};

} // namespace ssprotect::app
