#include "certificates.h"

#include "key_files.h"
#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <array>

#include <boost/asio/ip/host_name.hpp>

namespace ssprotect::kodiacd {
namespace {

constexpr std::string_view kAuthorityName = "KODiAC CA";
constexpr std::size_t kLongestSignature = 1024;
constexpr std::array kOwnNames{"localhost", "127.0.0.1", "::1"};

bool exists(const Environment& environment, const platform::Path& file) { return environment.files.info(file).ok(); }

Result<crypto::CertifiedKey> authorityKey(const Environment& environment, const platform::Path& file) {
    auto key = readCertifiedKey(environment.files, file);
    if (key || key.error().code != ErrorCode::notFound)
        return key;
    return makeError(ErrorCode::notFound,
                     "the CA's key is not in the data folder; if you keep it elsewhere, put it back for this step: " +
                         key.error().message);
}

// What a switch that was interrupted left behind is the present CA itself: it follows on nothing.
Result<bool> nextIsMade(const Environment& environment, const DataFolder& folder, const crypto::CertifiedKey& present) {
    auto next = readCertifiedKey(environment.files, folder.nextCaKey());
    if (next)
        return next->certificate != present.certificate;
    if (next.error().code == ErrorCode::notFound)
        return false;
    return std::move(next).error();
}

Status writeServerCertificate(const Environment& environment, const DataFolder& folder,
                              const crypto::CertifiedKey& authority, const std::vector<std::string>& names) {
    auto server = crypto::makeServerCertificate(authority, names, environment.clock.now(), environment.random);
    if (!server)
        return std::move(server).error();
    return writeCertifiedKey(environment.files, folder.serverKey(), *server);
}

Status writeText(const Environment& environment, const platform::Path& file, std::string_view text) {
    return platform::writeWhole(environment.files, file, viewOf(text));
}

} // namespace

std::vector<std::string> serverNames(const std::vector<std::string>& asked) {
    std::vector<std::string> names = asked;
    boost::system::error_code error;
    if (names.empty())
        if (const std::string own = boost::asio::ip::host_name(error); !error && !own.empty())
            names.push_back(own);
    for (const char* own : kOwnNames)
        if (std::find(names.begin(), names.end(), own) == names.end())
            names.emplace_back(own);
    return names;
}

Status makeAuthorityFiles(const Environment& environment, const DataFolder& folder) {
    if (!exists(environment, folder.caKey())) {
        auto made = crypto::makeCertificateAuthority(kAuthorityName, environment.clock.now(), environment.random);
        if (!made)
            return std::move(made).error();
        if (auto kept = writeCertifiedKey(environment.files, folder.caKey(), *made); !kept)
            return kept;
    }
    auto authority = authorityKey(environment, folder.caKey());
    if (!authority)
        return std::move(authority).error();
    return writeText(environment, folder.caCertificate(), authority->certificate);
}

Status renewServerCertificate(const Environment& environment, const DataFolder& folder,
                              const std::vector<std::string>& names) {
    auto authority = authorityKey(environment, folder.caKey());
    if (!authority)
        return std::move(authority).error();
    return writeServerCertificate(environment, folder, *authority, names);
}

Result<std::vector<std::string>> presentServerNames(const Environment& environment, const DataFolder& folder) {
    auto server = readCertifiedKey(environment.files, folder.serverKey());
    if (!server)
        return std::move(server).error();
    auto facts = crypto::readCertificate(server->certificate);
    if (!facts)
        return std::move(facts).error();
    return std::move(facts->names);
}

Status announceNextAuthority(const Environment& environment, const DataFolder& folder) {
    auto present = authorityKey(environment, folder.caKey());
    if (!present)
        return std::move(present).error();
    auto isMade = nextIsMade(environment, folder, *present);
    if (!isMade)
        return std::move(isMade).error();
    if (!*isMade) {
        auto made = crypto::makeCertificateAuthority(kAuthorityName, environment.clock.now(), environment.random);
        if (!made)
            return std::move(made).error();
        if (auto kept = writeCertifiedKey(environment.files, folder.nextCaKey(), *made); !kept)
            return kept;
    }
    auto next = authorityKey(environment, folder.nextCaKey());
    if (!next)
        return std::move(next).error();
    auto signature = crypto::signWithCertificateKey(present->key, crypto::nextAuthorityBytes(next->certificate));
    if (!signature)
        return std::move(signature).error();
    if (auto signedWord = writeText(environment, folder.nextCaSignature(), toBase64(*signature) + "\n"); !signedWord)
        return signedWord;
    return writeText(environment, folder.nextCaCertificate(), next->certificate);
}

// Clients that have pinned both CAs are served all the while. What is written last but one makes the next CA the
// present one; the announcement goes when everything else is done.
Status switchAuthority(const Environment& environment, const DataFolder& folder) {
    if (!exists(environment, folder.nextCaCertificate()))
        return makeError(ErrorCode::notFound, "no next CA is announced; run 'kodiacd ca next' first, and give clients "
                                              "the time to log in once and pin it");
    auto next = authorityKey(environment, folder.nextCaKey());
    if (!next)
        return std::move(next).error();
    auto names = presentServerNames(environment, folder);
    if (!names)
        return std::move(names).error();
    if (auto served = writeServerCertificate(environment, folder, *next, *names); !served)
        return served;
    if (auto kept = writeCertifiedKey(environment.files, folder.caKey(), *next); !kept)
        return kept;
    if (auto shown = writeText(environment, folder.caCertificate(), next->certificate); !shown)
        return shown;
    for (const auto& file : {folder.nextCaCertificate(), folder.nextCaSignature(), folder.nextCaKey()})
        if (auto removed = environment.files.remove(file); !removed)
            return removed;
    return environment.files.syncDirectory(folder.path);
}

Result<std::optional<kodiac::http::NextAuthority>> announcedAuthority(const Environment& environment,
                                                                      const DataFolder& folder) {
    using Next = std::optional<kodiac::http::NextAuthority>;
    auto certificate = readCertificateFile(environment.files, folder.nextCaCertificate());
    if (!certificate && certificate.error().code == ErrorCode::notFound)
        return Next();
    if (!certificate)
        return std::move(certificate).error();
    auto present = readCertificateFile(environment.files, folder.caCertificate());
    if (!present)
        return std::move(present).error();
    // On a daemon that was given the new CA after the switch, the announcement of it is left over.
    if (*certificate == *present)
        return Next();
    auto text = platform::readWhole(environment.files, folder.nextCaSignature(), kLongestSignature);
    if (!text)
        return std::move(text).error();
    std::string encoded(text->begin(), text->end());
    std::erase(encoded, '\n');
    auto signature = fromBase64(encoded);
    if (!signature)
        return std::move(signature).error();
    const auto message = crypto::nextAuthorityBytes(*certificate);
    if (auto vouched = crypto::verifyWithCertificate(*present, message, *signature); !vouched)
        return makeError(ErrorCode::integrity, "the present CA does not vouch for the next one; run 'kodiacd ca next'");
    return Next(kodiac::http::NextAuthority{std::move(*certificate), std::move(*signature)});
}

} // namespace ssprotect::kodiacd
