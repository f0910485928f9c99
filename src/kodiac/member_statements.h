#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

/// The signed chain of an Organization as KODiAC checks it (spec: *Identities*). Hosts check all of it again.

/// The present keys of an account; zeros until it registers.
AccountKeys keysOf(Context& context, const AccountId& account);

/// `invalid-input` unless the statement names the caller as its signer and carries the signature of the caller's key.
Status checkSignedByCaller(Context& context, const MemberStatement& statement);

/// `refused` unless the caller is the Administrator; `invalid-input` unless the Organization's root, which the caller
/// holds, signed it about this account with these keys.
Status checkDelegateStatement(Context& context, const DelegateStatement& statement, const AccountId& about,
                              const AccountKeys& keys);

/// The account is a Delegate from now on, by this checked statement. Its rights and its row in the chain; mail, audit
/// and news are the caller's.
void makeDelegate(Context& context, const DelegateStatement& statement);

/// The account is a *user* from now on. What it has signed must be signed anew (resigned_statements.h), and somebody
/// privileged must be left (privileged_users.h).
void endDelegate(Context& context, const AccountId& account);

} // namespace ssprotect::kodiac
