#pragma once

#include "connection.h"
#include "ssprotect/platform/file_system.h"

#include <memory>

namespace ssprotect::store {

class Database;

/// What differs between the kinds of databases beyond a single connection. Any thread.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Result<std::unique_ptr<Connection>> connect() = 0;
    /// Before a migration from schema `number`, outside its transaction.
    virtual Status keepCopy(int number) = 0;
    /// Fills the empty file that is there with a copy, in which `finishing` is then run.
    virtual Status copyInto(Database& database, const platform::Path& to, std::string_view finishing) = 0;
};

} // namespace ssprotect::store
