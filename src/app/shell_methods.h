#pragma once

#include "rooms.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace ssprotect::app {

/// shell.run: what a person chose in the file manager. Answered at once; it is done in the name of the tray's windows,
/// which ask for login (PROT-10) and acknowledgement and hear of the end as a `notice`. Any thread.
class ShellMethods {
public:
    ShellMethods(Rooms& rooms, MethodTable& methods) : rooms_(rooms), methods_(methods) {}
    void addTo(MethodTable& methods);

    /// Forgets the part of a selection that this client handed in.
    void clientGone(const Client& client);

private:
    Result<Json> run(Invocation& invocation);
    Result<std::vector<std::string>> gather(const Client& client, std::vector<std::string> texts, bool more);
    Status begin(const std::string& verb, std::vector<std::string> texts);
    Status open(std::vector<std::string> texts);
    Status convert(const std::string& operation, std::vector<std::string> texts);
    Status showVersions(const std::vector<std::string>& texts);
    /// Somebody must be there to ask for a login, or there must be a session.
    Status servable() const;

    Rooms& rooms_;
    MethodTable& methods_;
    std::mutex mutex_;
    std::map<const Client*, std::vector<std::string>> gathered_;
};

} // namespace ssprotect::app
