#include "batch_codec.h"

#include "ssprotect/base/json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace ssprotect::conversion {
namespace {

constexpr int kFormat = 1;
constexpr std::array<std::string_view, 3> kKinds{"activate", "store", "release"};
constexpr std::array<std::string_view, 4> kStages{"planned", "prepared", "committed", "published"};

template <class Word, std::size_t count>
std::optional<Word> wordOf(const std::array<std::string_view, count>& words, const std::string& text) {
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end())
        return std::nullopt;
    return static_cast<Word>(found - words.begin());
}

template <class Word, std::size_t count>
std::string textFor(const std::array<std::string_view, count>& words, Word word) {
    return std::string(words.at(static_cast<std::size_t>(word)));
}

Json encodeInfo(const platform::FileInfo& info) {
    return {{"size", info.size},
            {"modified", info.modifiedNanos},
            {"changed", info.changedNanos},
            {"device", info.device},
            {"inode", info.inode}};
}

Json encodeItem(const JournalItem& item) {
    Json json = {{"stage", textFor(kStages, item.stage)},
                 {"target", pathToRecord(item.target)},
                 {"temporary", pathToRecord(item.temporary)},
                 {"file", item.file.hex()},
                 {"version", item.version}};
    if (!item.owner.isNull())
        json["owner"] = item.owner.hex();
    if (item.standing)
        json["standing"] = encodeInfo(*item.standing);
    if (item.expected)
        json["expected"] = toBase64(*item.expected);
    if (item.made)
        json["made"] = encodeInfo(*item.made);
    return json;
}

/// Reads fields; a missing or wrong one is remembered and the rest is read as empty.
class Fields {
public:
    explicit Fields(const Json& json) : json_(json) {}

    bool good() const { return good_; }
    void fail() { good_ = false; }

    const Json* optional(const char* name) const {
        if (!json_.is_object())
            return nullptr;
        const auto found = json_.find(name);
        return found == json_.end() ? nullptr : &*found;
    }
    std::string text(const char* name) {
        const Json* value = optional(name);
        if (value != nullptr && value->is_string())
            return value->get<std::string>();
        fail();
        return {};
    }
    template <class Integer> Integer number(const char* name) {
        const Json* value = optional(name);
        if (value != nullptr && value->is_number_integer())
            return value->get<Integer>();
        fail();
        return {};
    }
    template <class Identity> Identity id(const char* name) { return taken(Identity::fromHexText(text(name))); }
    platform::Path path(const char* name) { return taken(pathFromRecord(text(name))); }
    template <class Word, std::size_t count>
    Word word(const char* name, const std::array<std::string_view, count>& words) {
        const auto value = wordOf<Word>(words, text(name));
        if (!value)
            fail();
        return value.value_or(Word{});
    }
    template <class T> T taken(Result<T> result) {
        if (result)
            return std::move(*result);
        fail();
        return {};
    }

private:
    const Json& json_;
    bool good_ = true;
};

platform::FileInfo decodeInfo(Fields& outer, const Json& json) {
    Fields fields(json);
    platform::FileInfo info;
    info.kind = platform::FileKind::regular;
    info.size = fields.number<std::uint64_t>("size");
    info.modifiedNanos = fields.number<std::int64_t>("modified");
    info.changedNanos = fields.number<std::int64_t>("changed");
    info.device = fields.number<std::uint64_t>("device");
    info.inode = fields.number<std::uint64_t>("inode");
    if (!fields.good())
        outer.fail();
    return info;
}

container::IdentityBytes decodeExpected(Fields& fields) {
    const Bytes bytes = fields.taken(fromBase64(fields.text("expected")));
    container::IdentityBytes expected{};
    if (bytes.size() == expected.size())
        std::copy(bytes.begin(), bytes.end(), expected.begin());
    else
        fields.fail();
    return expected;
}

JournalItem decodeItem(Fields& outer, const Json& json) {
    Fields fields(json);
    JournalItem item;
    item.stage = fields.word<ItemStage>("stage", kStages);
    item.target = fields.path("target");
    item.temporary = fields.path("temporary");
    item.file = fields.id<FileId>("file");
    item.version = fields.number<VersionNumber>("version");
    if (fields.optional("owner") != nullptr)
        item.owner = fields.id<AccountId>("owner");
    if (const Json* standing = fields.optional("standing"))
        item.standing = decodeInfo(fields, *standing);
    if (fields.optional("expected") != nullptr)
        item.expected = decodeExpected(fields);
    if (const Json* made = fields.optional("made"))
        item.made = decodeInfo(fields, *made);
    if (!fields.good())
        outer.fail();
    return item;
}

} // namespace

Bytes encodeBatch(const BatchRecord& record) {
    Json items = Json::array();
    for (const auto& item : record.items)
        items.push_back(encodeItem(item));
    const Json json = {{"format", kFormat},
                       {"kind", textFor(kKinds, record.kind)},
                       {"account", record.account.hex()},
                       {"session", record.session.hex()},
                       {"items", std::move(items)}};
    return copyOf(viewOf(json.dump()));
}

Result<BatchRecord> decodeBatch(ByteView text) {
    const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    Fields fields(json);
    BatchRecord record;
    if (fields.number<int>("format") != kFormat)
        return makeError(ErrorCode::dataDamaged,
                         "a journal record is damaged or of a newer build; finish with that one");
    record.kind = fields.word<BatchKind>("kind", kKinds);
    record.account = fields.id<AccountId>("account");
    record.session = fields.id<kodiac::SessionId>("session");
    const Json* items = fields.optional("items");
    if (items == nullptr || !items->is_array())
        return makeError(ErrorCode::dataDamaged, "a journal record lists no files");
    for (const auto& item : *items)
        record.items.push_back(decodeItem(fields, item));
    if (!fields.good())
        return makeError(ErrorCode::dataDamaged, "a journal record has fields that this build does not understand");
    return record;
}

} // namespace ssprotect::conversion
