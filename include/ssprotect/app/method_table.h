#pragma once

#include "ssprotect/app/client.h"
#include "ssprotect/base/wiped_bytes.h"

#include <map>
#include <memory>

namespace ssprotect::app {

class Workers;

/// Called once, from any thread.
using Reply = std::function<void(Result<Json>)>;

/// One call as its handler sees it. The handler reads `params` through ipc::Fields and refuses what it does not know.
struct Invocation {
    std::shared_ptr<const Json> params;
    std::vector<WipedBytes> attachments; ///< passwords and passphrases, in the order of the method's contract
    std::shared_ptr<Client> client;
};

/// The names that the pipe serves and the tray's dialogs call: both go through here, in
/// process, so a headless tray process serves the command line with the same code (UI-4). Filled before
/// the first call; then any thread.
class MethodTable {
public:
    /// Runs on a worker and may wait.
    using Handler = std::function<Result<Json>(Invocation&)>;
    /// Runs on a worker, must not wait long; answers when it can.
    using LongHandler = std::function<void(Invocation, Reply)>;

    /// A guarded method needs a login session (PROT-10); `hasSession` says whether there is one.
    enum class Needs { nothing, session };

    /// What is to be around each handler, on its thread: runs `handler` once.
    using Around = std::function<void(std::string_view method, const std::shared_ptr<Client>& client,
                                      const std::function<void()>& handler)>;

    MethodTable(Workers& workers, std::function<Status()> hasSession, Around around = {});

    void add(std::string name, Needs needs, Handler handler);
    void addLong(std::string name, Needs needs, LongHandler handler);

    bool knows(std::string_view name) const;
    /// Returns at once. An unknown name or wrong params are `usage`; without a session the client is offered a
    /// login, else it is `not-logged-in`.
    void call(std::string_view name, Invocation invocation, Reply reply);

private:
    struct Method {
        std::string name;
        Needs needs = Needs::nothing;
        LongHandler handler;
    };
    void enter(const Method& method, Invocation invocation, const Reply& reply);
    void handle(const Method& method, Invocation invocation, const Reply& reply) const;

    Workers& workers_;
    std::function<Status()> hasSession_;
    Around around_;
    std::map<std::string, Method, std::less<>> methods_;
};

} // namespace ssprotect::app
