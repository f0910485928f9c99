#include "events.h"

namespace ssprotect::app {

void Events::subscribe(const std::weak_ptr<Client>& client) {
    std::lock_guard lock(mutex_);
    clients_.push_back(client);
}

std::vector<std::shared_ptr<Client>> Events::listening() {
    std::vector<std::shared_ptr<Client>> listening;
    std::lock_guard lock(mutex_);
    std::erase_if(clients_, [](const auto& client) { return client.expired(); });
    for (const auto& client : clients_)
        if (auto alive = client.lock())
            listening.push_back(std::move(alive));
    return listening;
}

void Events::tell(std::string_view event, const Json& params) {
    for (const auto& client : listening())
        client->notify(event, params);
}

std::shared_ptr<Client> Events::windows() {
    for (auto& client : listening())
        if (client->hasWindows())
            return client;
    return nullptr;
}

} // namespace ssprotect::app
