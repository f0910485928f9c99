#include "journal_entry.h"

#include "ssprotect/conversion/record_folder.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::managed {
namespace {

using Json = nlohmann::json;
using conversion::pathFromRecord;
using conversion::pathToRecord;

constexpr int kFormat = 1;

Error damaged() { return makeError(ErrorCode::dataDamaged, "the record of an open document is damaged"); }

/// Reads fields; after the first that is missing or odd everything is damaged.
class FieldReader {
public:
    explicit FieldReader(const Json& object) : object_(object) {}

    bool ok() const { return ok_; }
    bool has(const char* name) const { return object_.contains(name); }

    std::string text(const char* name) {
        const auto field = object_.find(name);
        if (field == object_.end() || !field->is_string())
            return fail<std::string>();
        return field->get<std::string>();
    }
    std::int64_t number(const char* name) {
        const auto field = object_.find(name);
        if (field == object_.end() || !field->is_number_integer())
            return fail<std::int64_t>();
        return field->get<std::int64_t>();
    }
    bool flag(const char* name) {
        const auto field = object_.find(name);
        if (field == object_.end() || !field->is_boolean())
            return fail<bool>();
        return field->get<bool>();
    }
    platform::Path path(const char* name) {
        const std::string record = text(name);
        if (record.empty())
            return {};
        auto path = pathFromRecord(record);
        return path ? std::move(*path) : fail<platform::Path>();
    }
    template <class Fixed> Fixed bytes(const char* name) {
        auto bytes = fromHex(text(name));
        Fixed fixed{};
        if (!bytes || bytes->size() != fixed.size())
            return fail<Fixed>();
        std::copy(bytes->begin(), bytes->end(), fixed.begin());
        return fixed;
    }
    template <class Identifier> Identifier id(const char* name) {
        auto id = Identifier::fromHexText(text(name));
        return id ? *id : fail<Identifier>();
    }

private:
    template <class T> T fail() {
        ok_ = false;
        return {};
    }

    const Json& object_;
    bool ok_ = true;
};

/// A name that leads nowhere but below the folder it is put in.
bool staysBelow(const platform::Path& name) {
    return !name.has_root_path() && !name.empty() &&
           std::none_of(name.begin(), name.end(), [](const platform::Path& part) { return part == ".."; });
}

Json extrasToJson(const std::vector<ExtraSave>& extras) {
    Json list = Json::array();
    for (const ExtraSave& extra : extras)
        list.push_back({{"name", pathToRecord(extra.name)}, {"save", extra.save}});
    return list;
}

std::vector<ExtraSave> extrasFromJson(const Json& list, bool& ok) {
    std::vector<ExtraSave> extras;
    if (!list.is_array()) {
        ok = false;
        return extras;
    }
    for (const Json& item : list) {
        FieldReader fields(item);
        extras.push_back({fields.path("name"), fields.text("save")});
        ok = ok && fields.ok() && staysBelow(extras.back().name);
    }
    return extras;
}

Json processesToJson(const std::vector<platform::ProcessIdentity>& processes) {
    Json list = Json::array();
    for (const auto& process : processes)
        list.push_back({{"id", process.id}, {"started", process.startedAt}});
    return list;
}

std::vector<platform::ProcessIdentity> processesFromJson(const Json& list, bool& ok) {
    std::vector<platform::ProcessIdentity> processes;
    ok = ok && list.is_array();
    for (const Json& item : list) {
        FieldReader fields(item);
        processes.push_back(
            {static_cast<std::uint64_t>(fields.number("id")), static_cast<std::uint64_t>(fields.number("started"))});
        ok = ok && fields.ok();
    }
    return processes;
}

} // namespace

Bytes encode(const JournalEntry& entry) {
    Json json{{"format", kFormat},
              {"id", entry.id},
              {"account", entry.account.hex()},
              {"recipient", toHex(entry.recipient)},
              {"container", pathToRecord(entry.container)},
              {"workspace", pathToRecord(entry.workspace)},
              {"name", pathToRecord(entry.name)},
              {"identity", toHex(entry.identity)},
              {"size", static_cast<std::int64_t>(entry.opened.size)},
              {"modified", entry.opened.modifiedNanos},
              {"since", toUnixMillis(entry.since)},
              {"boot", entry.boot},
              {"program", pathToRecord(entry.program)},
              {"processes", processesToJson(entry.processes)},
              {"closed", entry.closed},
              {"deleted", entry.deleted},
              {"extras", extrasToJson(entry.extras)}};
    if (entry.grant)
        json["grant"] = entry.grant->hex();
    if (entry.storing) {
        json["storing_file"] = entry.storing->first.hex();
        json["storing_version"] = entry.storing->second;
    }
    return copyOf(viewOf(json.dump()));
}

Result<JournalEntry> decode(ByteView bytes) {
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object())
        return damaged();
    FieldReader fields(json);
    if (fields.number("format") != kFormat)
        return damaged();
    JournalEntry entry;
    entry.id = fields.text("id");
    entry.account = fields.id<AccountId>("account");
    entry.recipient = fields.bytes<crypto::PublicKey>("recipient");
    entry.container = fields.path("container");
    entry.workspace = fields.path("workspace");
    entry.name = fields.path("name");
    entry.identity = fields.bytes<container::IdentityBytes>("identity");
    entry.opened.size = static_cast<std::uint64_t>(fields.number("size"));
    entry.opened.modifiedNanos = fields.number("modified");
    entry.since = fromUnixMillis(fields.number("since"));
    entry.boot = fields.text("boot");
    entry.program = fields.path("program");
    entry.closed = fields.flag("closed");
    entry.deleted = fields.flag("deleted");
    if (fields.has("grant"))
        entry.grant = fields.id<GrantId>("grant");
    if (fields.has("storing_file"))
        entry.storing.emplace(fields.id<FileId>("storing_file"),
                              static_cast<VersionNumber>(fields.number("storing_version")));
    bool listsOk = json.contains("extras") && json.contains("processes");
    if (listsOk) {
        entry.extras = extrasFromJson(json["extras"], listsOk);
        entry.processes = processesFromJson(json["processes"], listsOk);
    }
    if (!fields.ok() || !listsOk || !staysBelow(entry.name))
        return damaged();
    return entry;
}

OpenedDocument rowOf(const JournalEntry& entry, DocumentState state) {
    OpenedDocument row;
    row.path = entry.container;
    row.since = entry.since;
    row.program = platform::shownPath(entry.program);
    row.state = state;
    if (auto identity = container::Identity::parse(entry.identity)) {
        row.file = identity->file;
        row.version = identity->version;
    }
    return row;
}

} // namespace ssprotect::managed
