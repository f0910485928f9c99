#pragma once

#include "configuration.h"
#include "data_folder.h"
#include "database_address.h"
#include "environment.h"
#include "ssprotect/kodiac/authority.h"

#include <memory>
#include <optional>
#include <string>

/// How every subcommand comes to KODiAC's database.
namespace ssprotect::kodiacd {

/// What each subcommand may be told.
struct CommonOptions {
    std::string data;                    ///< the data folder
    std::optional<std::string> database; ///< in the place of the configured one; relative to the working folder
};

/// A data folder with its configuration read.
struct Place {
    DataFolder folder;
    Configuration configuration;
    DatabaseAddress database;
    bool mayBegin = false; ///< an empty database becomes a KODiAC: it was named on the command line
};

/// `not-found` when there is none: `kodiacd init` comes first.
Result<Place> readPlace(const Environment& environment, const CommonOptions& options);

/// For a folder that is being made: the database of the options, else of the configuration. One of the options is
/// written into the configuration, its password into a file of its own, because the configuration is read by people.
Result<DatabaseAddress> adoptDatabase(const Environment& environment, const DataFolder& folder,
                                      const CommonOptions& options, Configuration& configuration);
/// The configured one with its password.
Result<DatabaseAddress> configuredDatabase(const Environment& environment, const DataFolder& folder,
                                           const Configuration& configuration);

/// An absolute path of what the configuration names.
platform::Path pathIn(const DataFolder& folder, const std::string& name);

/// A SQLite file that is not there.
bool isMissing(const Environment& environment, const DatabaseAddress& address);
Result<std::unique_ptr<store::Database>> openDatabase(const Environment& environment, const DatabaseAddress& address,
                                                      const Configuration& configuration);
Result<crypto::SecretBytes> readMasterKey(const Environment& environment, const platform::Path& file);
Result<std::unique_ptr<kodiac::Authority>> openAuthority(const Environment& environment, const Place& place);
/// Of the place that the options name.
Result<std::unique_ptr<kodiac::Authority>> openAuthority(const Environment& environment, const CommonOptions& options);

} // namespace ssprotect::kodiacd
