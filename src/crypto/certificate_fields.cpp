#include "certificate_fields.h"

#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <ctime>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace ssprotect::crypto::openssl {
namespace {

constexpr std::size_t kSerialSize = 16;
constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;

struct FreeNames {
    void operator()(GENERAL_NAMES* p) const { GENERAL_NAMES_free(p); }
    void operator()(BIGNUM* p) const { BN_free(p); }
    void operator()(ASN1_OCTET_STRING* p) const { ASN1_OCTET_STRING_free(p); }
    void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <class Handle> using OwnedField = std::unique_ptr<Handle, FreeNames>;

void setTime(ASN1_TIME* to, TimePoint time) {
    require(ASN1_TIME_set(to, static_cast<time_t>(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch() /
                                                  std::chrono::seconds(1))) != nullptr);
}

TimePoint timeOf(const ASN1_TIME* time) {
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1)
        return {};
    using namespace std::chrono;
    const sys_days day = year_month_day(year(fields.tm_year + 1900), month(static_cast<unsigned>(fields.tm_mon) + 1),
                                        std::chrono::day(static_cast<unsigned>(fields.tm_mday)));
    return day + hours(fields.tm_hour) + minutes(fields.tm_min) + seconds(fields.tm_sec);
}

bool isLabel(std::string_view label) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), plain);
}

bool isHostName(std::string_view name) {
    if (name.size() > kLongestName)
        return false;
    while (true) {
        const auto dot = name.find('.');
        if (!isLabel(name.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        name.remove_prefix(dot + 1);
    }
}

bool isAddress(const std::string& text) {
    const OwnedField<ASN1_OCTET_STRING> address(a2i_IPADDRESS(text.c_str()));
    ERR_clear_error();
    return address != nullptr && text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos;
}

std::string addressText(ByteView bytes) {
    std::string text;
    if (bytes.size() == 4) {
        for (const Byte part : bytes)
            text += (text.empty() ? "" : ".") + std::to_string(part);
        return text;
    }
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        text += (text.empty() ? "" : ":") + toHex(bytes.subspan(i, 2));
    return text;
}

std::vector<std::string> namesOf(X509& certificate) {
    const OwnedField<GENERAL_NAMES> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> found;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        int type = 0;
        const auto* text =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type));
        if (type != GEN_DNS && type != GEN_IPADD)
            continue;
        const ByteView bytes(ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text)));
        found.push_back(type == GEN_DNS ? std::string(textOf(bytes)) : addressText(bytes));
    }
    return found;
}

std::string commonNameOf(X509& certificate) {
    X509_NAME* subject = X509_get_subject_name(&certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0)
        return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    std::string name;
    if (size > 0)
        name.assign(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return name;
}

} // namespace

OwnedCertificate blankCertificate(std::string_view subject, X509_NAME* issuer, TimePoint from, TimePoint until,
                                  Random& random) {
    OwnedCertificate certificate(X509_new());
    require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);

    std::array<Byte, kSerialSize> serial{};
    random.fill(serial);
    serial[0] = static_cast<Byte>((serial[0] & 0x7f) | 0x40); // positive, never zero
    const OwnedField<BIGNUM> number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())) != nullptr);

    setTime(X509_getm_notBefore(certificate.get()), from);
    setTime(X509_getm_notAfter(certificate.get()), until);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, dataOf(viewOf(subject)),
                                       static_cast<int>(subject.size()), -1, 0) == 1);
    require(X509_set_issuer_name(certificate.get(), issuer != nullptr ? issuer : name) == 1);
    return certificate;
}

void addExtension(X509& certificate, X509& issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const OwnedField<X509_EXTENSION> extension(X509V3_EXT_nconf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

Result<std::string> alternativeNames(std::span<const std::string> names) {
    std::string all;
    for (const auto& name : names) {
        const bool address = isAddress(name);
        if (!address && !isHostName(name))
            return makeError(ErrorCode::invalidInput, "\"" + name + "\" is neither a host name nor an address");
        all += (all.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
    }
    if (all.empty())
        return makeError(ErrorCode::invalidInput, "a server certificate needs at least one name or address");
    return all;
}

CertificateFacts factsOf(X509& certificate) {
    CertificateFacts facts;
    facts.subject = commonNameOf(certificate);
    facts.names = namesOf(certificate);
    facts.from = timeOf(X509_get0_notBefore(&certificate));
    facts.until = timeOf(X509_get0_notAfter(&certificate));
    facts.authority = X509_check_ca(&certificate) == 1;
    unsigned size = 0;
    require(X509_digest(&certificate, algorithms().sha256.get(), facts.fingerprint.data(), &size) == 1);
    ERR_clear_error();
    return facts;
}

} // namespace ssprotect::crypto::openssl
