#pragma once

#include "handle.h"
#include "ssprotect/base/bytes.h"

#include <optional>

namespace ssprotect::platform {

using Descriptor = LocalMemory<void>;

/// The SID of the user that this process runs as; empty when the system does not tell.
Bytes userSid();

/// Whether the account of another process's handle is this user's.
bool isOfThisUser(HANDLE process);

enum class Inheritance { none, toAllBelow };

/// A security descriptor that lets in this user, the system and the administrators, and takes over nothing from
/// the folder. Null: the system refused; GetLastError says why.
Descriptor ownerOnlyDescriptor(Inheritance inheritance);

/// Owner, group and access list of a handle that was opened with READ_CONTROL.
Descriptor descriptorOf(HANDLE object);

/// Whether only `user`, the system and the administrators have access to what it describes, and one of
/// them owns it. Entries of a kind that is not known count as access for others.
bool isPrivate(PSECURITY_DESCRIPTOR descriptor, PSID user);

/// Attributes for creating a kernel object with `descriptor`, which must outlive the use.
inline SECURITY_ATTRIBUTES attributesWith(const Descriptor& descriptor) {
    return {sizeof(SECURITY_ATTRIBUTES), descriptor.get(), FALSE};
}

} // namespace ssprotect::platform
