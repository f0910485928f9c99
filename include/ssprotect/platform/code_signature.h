#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/platform/file_system.h"

#include <string>

namespace ssprotect::platform {

/// What a program's file says of who made it.
struct CodeSignature {
    enum class State {
        none,      ///< neither in the file nor in a catalogue of the system
        damaged,   ///< the file is not what was signed
        untrusted, ///< whole, but its signer is not one that this machine trusts
        trusted,
    };
    State state = State::none;
    std::string signer; ///< for people; empty for `none`
    Bytes signerKey;    ///< SHA-256 of the signer's public key (SubjectPublicKeyInfo); empty for `none`
};

/// Whether this system can tell signed programs from others (PROT-11). Linux cannot.
bool signaturesChecked();

/// Any thread; some milliseconds. Asks no network. `unsupported-file` where signatures are not checked.
Result<CodeSignature> signatureOf(const Path& program);

/// Whether that program may get plaintext (PROT-11). `refused` names the program and what to do.
Status mayGetPlaintext(const CodeSignature& signature, const Path& program, bool unsignedAppsAllowed);

/// Both in one; always ok where signatures are not checked.
Status checkProgram(const Path& program, bool unsignedAppsAllowed);

/// Whether the file is whole and signed with that very key, whoever else the machine trusts: for programs of our own.
bool isSignedWith(const CodeSignature& signature, ByteView pinnedKey);

} // namespace ssprotect::platform
