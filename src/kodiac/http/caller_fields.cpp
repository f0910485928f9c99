#include "caller_fields.h"

#include "secrets_line.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace ssprotect::kodiac::http {
namespace {

constexpr std::string_view kOwnPrefix = "SSProtect-";
constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostTokenBytes = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Error wrongField(std::string_view name, std::string_view why) {
    return makeError(ErrorCode::invalidInput, "the field " + std::string(name) + " " + std::string(why));
}

template <class IdType> Status readId(const Field& field, IdType& to) {
    auto id = IdType::fromHexText(field.value);
    if (!id)
        return wrongField(field.name, "must be an id in hex");
    to = *id;
    return {};
}

Status readToken(const Field& field, Call& to) {
    if (!field.value.starts_with(kTokenScheme))
        return wrongField(field.name, "must be of the form Bearer and a token");
    auto token = secretOf(field.value.substr(kTokenScheme.size()));
    if (!token || token->empty() || token->size() > kMostTokenBytes)
        return wrongField(field.name, "holds a token that is not in base64 or too long");
    to.token = std::move(*token);
    return {};
}

Status readCounter(const Field& field, Call& to) {
    const char* end = field.value.data() + field.value.size();
    const auto [stop, fault] = std::from_chars(field.value.data(), end, to.counter);
    if (fault != std::errc() || stop != end)
        return wrongField(field.name, "must be a whole number below 2^64");
    return {};
}

Status readField(const Field& field, Call& to) {
    if (sameName(field.name, kAccountField))
        return readId(field, to.account);
    if (sameName(field.name, kHostField))
        return readId(field, to.host);
    if (sameName(field.name, kSessionField))
        return readId(field, to.session);
    if (sameName(field.name, kTokenField))
        return readToken(field, to);
    if (sameName(field.name, kCounterField))
        return readCounter(field, to);
    if (!sameName(field.name, kCodeField))
        return wrongField(field.name, "is none that this version knows");
    if (!isPlainWord(field.value))
        return wrongField(field.name, "must be the digits of a code");
    to.code = field.value;
    return {};
}

bool isOurs(std::string_view name) {
    return sameName(name.substr(0, kOwnPrefix.size()), kOwnPrefix) || sameName(name, kTokenField);
}

void appendTexts(WipedBytes& to, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
        to.insert(to.end(), part.begin(), part.end());
}

void appendField(WipedBytes& to, std::string_view name, std::string_view value) {
    appendTexts(to, {name, ": ", value, "\r\n"});
}

} // namespace

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view valueOf(std::span<const Field> fields, std::string_view name) {
    std::string_view value;
    bool found = false;
    for (const Field& field : fields) {
        if (!sameName(field.name, name))
            continue;
        if (std::exchange(found, true))
            return {};
        value = field.value;
    }
    return value;
}

bool isPlainWord(std::string_view text) {
    const auto plain = [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= kLongestWord && std::all_of(text.begin(), text.end(), plain);
}

Status readCaller(std::span<const Field> fields, Call& to) {
    std::vector<std::string_view> seen;
    for (const Field& field : fields) {
        if (!isOurs(field.name))
            continue;
        if (std::any_of(seen.begin(), seen.end(), [&](auto name) { return sameName(name, field.name); }))
            return wrongField(field.name, "is there twice");
        seen.push_back(field.name);
        if (auto read = readField(field, to); !read)
            return read;
    }
    return {};
}

Result<WipedBytes> callerFields(const Call& call) {
    WipedBytes fields;
    if (!call.account.isNull())
        appendField(fields, kAccountField, call.account.hex());
    if (!call.host.isNull())
        appendField(fields, kHostField, call.host.hex());
    if (!call.session.isNull())
        appendField(fields, kSessionField, call.session.hex());
    if (!call.token.empty()) {
        appendTexts(fields, {kTokenField, ": ", kTokenScheme});
        appendBase64(fields, call.token);
        appendTexts(fields, {"\r\n"});
    }
    if (call.counter != 0 || !call.code.empty())
        appendField(fields, kCounterField, std::to_string(call.counter));
    if (!call.code.empty()) {
        if (!isPlainWord(call.code))
            return makeError(ErrorCode::secondFactorRefused, "a code is made of digits");
        appendField(fields, kCodeField, call.code);
    }
    return fields;
}

} // namespace ssprotect::kodiac::http
