#include "support/postgres_schema.h"

#include <stdexcept>

namespace ssprotect::support {

struct PostgresSchema::Server {};

bool PostgresSchema::isPossible() { return false; }

std::string PostgresSchema::whyNot() { return "this build is without PostgreSQL"; }

PostgresSchema::PostgresSchema() { throw std::logic_error(whyNot()); }

PostgresSchema::~PostgresSchema() = default;

crypto::SecretBytes PostgresSchema::url(const std::string&) const { throw std::logic_error(whyNot()); }

std::string PostgresSchema::ask(const std::string&) { throw std::logic_error(whyNot()); }

int PostgresSchema::cutConnections() { throw std::logic_error(whyNot()); }

} // namespace ssprotect::support
