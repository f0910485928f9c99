#include "ssprotect/store/database.h"

namespace ssprotect::store {

Result<std::unique_ptr<Database>> Database::openPostgres(const crypto::SecretBytes&, platform::FileSystem&,
                                                         const Clock&, Options options) {
    return makeError(ErrorCode::refused,
                     options.label + " lies on PostgreSQL, which is not in this build of SSProtect");
}

} // namespace ssprotect::store
