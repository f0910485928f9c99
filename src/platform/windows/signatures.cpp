#include "ssprotect/platform/code_signature.h"
#include "system_error.h"
#include "system_name.h"
#include "trust_decision.h"
#include "wide_text.h"
#include "windows_file.h"

#include <array>
#include <mscat.h>
#include <softpub.h>
#include <wintrust.h>

namespace ssprotect::platform {
namespace {

/// WTD_DISABLE_MD2_MD4, which wintrust.h of mingw-w64 lacks.
constexpr DWORD kNoOldDigests = 0x00002000;

/// The functions that know SHA-256, which the import library of mingw-w64 lacks.
struct CatalogueFunctions {
    using AcquireContext = BOOL(WINAPI*)(HCATADMIN*, const GUID*, const wchar_t*, const void*, DWORD);
    using HashFile = BOOL(WINAPI*)(HCATADMIN, HANDLE, DWORD*, BYTE*, DWORD);

    CatalogueFunctions() {
        const HMODULE library = ::GetModuleHandleW(L"wintrust.dll");
        acquireContext = reinterpret_cast<AcquireContext>(
            reinterpret_cast<void*>(::GetProcAddress(library, "CryptCATAdminAcquireContext2")));
        hashFile = reinterpret_cast<HashFile>(
            reinterpret_cast<void*>(::GetProcAddress(library, "CryptCATAdminCalcHashFromFileHandle2")));
    }

    AcquireContext acquireContext = nullptr;
    HashFile hashFile = nullptr;
};

using Catalogues = std::unique_ptr<void, decltype([](void* context) { ::CryptCATAdminReleaseContext(context, 0); })>;

/// One question to the system; what it found stays valid as long as this lives.
class Verification {
public:
    explicit Verification(WINTRUST_FILE_INFO& file) {
        data_.dwUnionChoice = WTD_CHOICE_FILE;
        data_.pFile = &file;
        ask();
    }
    explicit Verification(WINTRUST_CATALOG_INFO& catalogue) {
        data_.dwUnionChoice = WTD_CHOICE_CATALOG;
        data_.pCatalog = &catalogue;
        ask();
    }
    ~Verification() {
        data_.dwStateAction = WTD_STATEACTION_CLOSE;
        GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
        ::WinVerifyTrust(static_cast<HWND>(INVALID_HANDLE_VALUE), &action, &data_);
    }
    Verification(const Verification&) = delete;
    Verification& operator=(const Verification&) = delete;

    CodeSignature signature() const {
        CodeSignature found;
        found.state = stateOf(outcome_);
        const CERT_CONTEXT* certificate = signer();
        if (found.state == CodeSignature::State::none || certificate == nullptr)
            return found;
        found.signer = nameOf(*certificate);
        found.signerKey = keyOf(*certificate);
        return found;
    }

private:
    void ask() {
        data_.cbStruct = sizeof data_;
        data_.dwUIChoice = WTD_UI_NONE;
        data_.fdwRevocationChecks = WTD_REVOKE_WHOLECHAIN;
        data_.dwStateAction = WTD_STATEACTION_VERIFY;
        // Revocations that the machine knows already; an open must not wait for a server.
        data_.dwProvFlags = WTD_CACHE_ONLY_URL_RETRIEVAL | kNoOldDigests;
        GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
        outcome_ = ::WinVerifyTrust(static_cast<HWND>(INVALID_HANDLE_VALUE), &action, &data_);
    }

    const CERT_CONTEXT* signer() const {
        auto* provider = ::WTHelperProvDataFromStateData(data_.hWVTStateData);
        auto* first = provider != nullptr ? ::WTHelperGetProvSignerFromChain(provider, 0, FALSE, 0) : nullptr;
        return first != nullptr && first->csCertChain > 0 ? first->pasCertChain[0].pCert : nullptr;
    }

    static std::string nameOf(const CERT_CONTEXT& certificate) {
        std::array<wchar_t, 256> name{};
        ::CertGetNameStringW(&certificate, CERT_NAME_SIMPLE_DISPLAY_TYPE, 0, nullptr, name.data(),
                             static_cast<DWORD>(name.size()));
        return narrowText(name.data());
    }

    static Bytes keyOf(const CERT_CONTEXT& certificate) {
        constexpr DWORD kDigestSize = 32;
        Bytes digest(kDigestSize);
        DWORD size = kDigestSize;
        if (::CryptHashPublicKeyInfo(0, CALG_SHA_256, 0, X509_ASN_ENCODING,
                                     &certificate.pCertInfo->SubjectPublicKeyInfo, digest.data(), &size) == FALSE)
            return {};
        digest.resize(size);
        return digest;
    }

    WINTRUST_DATA data_{};
    LONG outcome_ = TRUST_E_NOSIGNATURE;
};

std::wstring hexOf(const Bytes& digest) {
    std::wstring text;
    for (const Byte byte : digest) {
        text += L"0123456789ABCDEF"[byte >> 4];
        text += L"0123456789ABCDEF"[byte & 0x0F];
    }
    return text;
}

/// Windows signs most of its own programs by listing them in catalogues.
CodeSignature fromCatalogue(HANDLE file, const std::wstring& name) {
    const CatalogueFunctions functions;
    HCATADMIN admin = nullptr;
    if (functions.acquireContext == nullptr || functions.hashFile == nullptr ||
        functions.acquireContext(&admin, nullptr, L"SHA256", nullptr, 0) == FALSE)
        return {};
    const Catalogues catalogues(admin);
    DWORD size = 0;
    functions.hashFile(admin, file, &size, nullptr, 0);
    Bytes digest(size);
    if (size == 0 || functions.hashFile(admin, file, &size, digest.data(), 0) == FALSE)
        return {};
    HCATINFO found = ::CryptCATAdminEnumCatalogFromHash(admin, digest.data(), size, 0, nullptr);
    if (found == nullptr)
        return {};
    CATALOG_INFO place{};
    place.cbStruct = sizeof place;
    const bool known = ::CryptCATCatalogInfoFromContext(found, &place, 0) != FALSE;
    ::CryptCATAdminReleaseCatalogContext(admin, found, 0);
    if (!known)
        return {};
    const std::wstring member = hexOf(digest);
    WINTRUST_CATALOG_INFO catalogue{};
    catalogue.cbStruct = sizeof catalogue;
    catalogue.pcwszCatalogFilePath = place.wszCatalogFile;
    catalogue.pcwszMemberFilePath = name.c_str();
    catalogue.pcwszMemberTag = member.c_str();
    catalogue.hMemberFile = file;
    catalogue.pbCalculatedFileHash = digest.data();
    catalogue.cbCalculatedFileHash = size;
    return Verification(catalogue).signature();
}

} // namespace

CodeSignature::State stateOf(LONG outcome) {
    switch (outcome) {
    case ERROR_SUCCESS:
        return CodeSignature::State::trusted;
    case TRUST_E_NOSIGNATURE:
    case TRUST_E_SUBJECT_FORM_UNKNOWN:
    case TRUST_E_PROVIDER_UNKNOWN:
        return CodeSignature::State::none;
    case TRUST_E_BAD_DIGEST:
    case CRYPT_E_BAD_MSG:
    case NTE_BAD_SIGNATURE:
        return CodeSignature::State::damaged;
    default: // revoked, expired, distrusted, no known root: whatever it is, no reason to trust
        return CodeSignature::State::untrusted;
    }
}

bool signaturesChecked() { return true; }

Result<CodeSignature> signatureOf(const Path& program) {
    const std::wstring name = systemName(program);
    // Nobody writes to it between the check of its content and the end of it.
    auto opened = openRegular(program, GENERIC_READ, FILE_SHARE_READ);
    if (!opened)
        return std::move(opened).error();
    WINTRUST_FILE_INFO file{};
    file.cbStruct = sizeof file;
    file.pcwszFilePath = name.c_str();
    file.hFile = opened->get();
    auto signature = Verification(file).signature();
    if (signature.state == CodeSignature::State::none)
        return fromCatalogue(opened->get(), name);
    return signature;
}

} // namespace ssprotect::platform
