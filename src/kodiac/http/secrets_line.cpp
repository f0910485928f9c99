#include "secrets_line.h"

#include "call_form.h"
#include "ssprotect/base/encoding.h"

namespace ssprotect::kodiac::http {
namespace {

Error notSecrets() {
    return makeError(ErrorCode::invalidInput, "the last line of the message must be a JSON array of base64 strings");
}

void appendText(WipedBytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

void skipBlanks(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t\r"), text.size())); }

bool take(std::string_view& text, char wanted) {
    skipBlanks(text);
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

void appendBase64(WipedBytes& to, ByteView secret) {
    std::string text = toBase64(secret);
    appendText(to, text);
    wipeMemory(text.data(), text.size());
}

void appendSecrets(WipedBytes& to, const std::vector<crypto::SecretBytes>& secrets) {
    to.push_back('[');
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        appendText(to, i == 0 ? "\"" : ",\"");
        appendBase64(to, secrets[i]);
        to.push_back('"');
    }
    to.push_back(']');
}

Result<crypto::SecretBytes> secretOf(std::string_view base64) {
    auto bytes = fromBase64(base64);
    if (!bytes)
        return std::move(bytes).error();
    auto secret = crypto::SecretBytes::copyOf(*bytes);
    crypto::wipe(*bytes);
    return secret;
}

Result<std::vector<crypto::SecretBytes>> secretsOf(std::string_view line) {
    std::vector<crypto::SecretBytes> secrets;
    if (line.size() > kLongestSecretsLine || !take(line, '['))
        return notSecrets();
    bool ended = take(line, ']');
    while (!ended) {
        if (secrets.size() == kMostSecrets || !take(line, '"'))
            return notSecrets();
        const auto end = line.find('"');
        if (end == std::string_view::npos)
            return notSecrets();
        auto secret = secretOf(line.substr(0, end));
        if (!secret)
            return notSecrets();
        secrets.push_back(std::move(*secret));
        line.remove_prefix(end + 1);
        ended = take(line, ']');
        if (!ended && !take(line, ','))
            return notSecrets();
    }
    skipBlanks(line);
    if (!line.empty())
        return notSecrets();
    return secrets;
}

} // namespace ssprotect::kodiac::http
