#pragma once

#include "data_folder.h"
#include "environment.h"
#include "ssprotect/kodiac/http/server.h"

#include <optional>
#include <string>
#include <vector>

/// The daemon's CA, server certificate and next CA in its folder. Each step is written in an order that a crash may
/// interrupt anywhere: doing it again finishes it.
namespace ssprotect::kodiacd {

/// The names that a server certificate is made for: those asked for, else this machine's; always `localhost`,
/// `127.0.0.1` and `::1` too, which are nobody's but this machine's.
std::vector<std::string> serverNames(const std::vector<std::string>& asked);

/// A CA, unless there is one.
Status makeAuthorityFiles(const Environment& environment, const DataFolder& folder);
/// A server certificate under the CA, in the place of the present one. `not-found` without the CA's key.
Status renewServerCertificate(const Environment& environment, const DataFolder& folder,
                              const std::vector<std::string>& names);
/// What the present server certificate holds for.
Result<std::vector<std::string>> presentServerNames(const Environment& environment, const DataFolder& folder);

/// `ca next`: a CA that follows on the present one, vouched for by its key. The one there is, if there is one.
Status announceNextAuthority(const Environment& environment, const DataFolder& folder);
/// `ca switch`: the next CA becomes the present one, with a server certificate for the names of the present one.
/// `not-found`: none is announced.
Status switchAuthority(const Environment& environment, const DataFolder& folder);

/// What `serve` shows; none when no CA is announced.
Result<std::optional<kodiac::http::NextAuthority>> announcedAuthority(const Environment& environment,
                                                                      const DataFolder& folder);

} // namespace ssprotect::kodiacd
