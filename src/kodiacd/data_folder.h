#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::kodiacd {

/// What lies in a daemon's folder (0700, every file 0600).
struct DataFolder {
    platform::Path path;

    platform::Path configuration() const {
        return path / "kodiacd.json";
    } ///< written last: with it the folder is whole
    platform::Path masterKey() const { return path / "master.key"; }
    platform::Path databasePassword() const { return path / "database.password"; }
    platform::Path caCertificate() const { return path / "ca.pem"; } ///< what clients pin
    platform::Path caKey() const { return path / "ca.key"; }         ///< certificate and key; not needed to serve
    platform::Path serverKey() const { return path / "server.pem"; } ///< certificate and key
    platform::Path nextCaCertificate() const { return path / "next-ca.pem"; }
    platform::Path nextCaSignature() const { return path / "next-ca.sig"; } ///< by the present CA's key, base64
    platform::Path nextCaKey() const { return path / "next-ca.key"; } ///< certificate and key; not needed to serve
};

/// Makes the folder for the owner only.
Status makePrivate(platform::FileSystem& files, const DataFolder& folder);

} // namespace ssprotect::kodiacd
