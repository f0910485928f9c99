#include "open_journal.h"

#include "sealed_save.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <algorithm>
#include <set>

namespace ssprotect::managed {
namespace {

constexpr const char* kRecordSuffix = ".open";
constexpr const char* kSaveSuffix = ".sealed";

SaveBinding bindingOf(const JournalEntry& entry) { return {entry.account, entry.id}; }

} // namespace

OpenJournal::OpenJournal(platform::FileSystem& files, Random& random, const platform::Path& home)
    : files_(files), random_(random), folder_(home / "managed"), records_(files, folder_, kRecordSuffix) {}

Status OpenJournal::prepare() {
    if (auto made = records_.prepare(); !made)
        return made;
    if (auto swept = records_.removeLeftovers(); !swept)
        return swept;
    return removeOrphans();
}

/// A save is named in its record, or has its record's name. Where a record cannot be read all of its
/// saves stay.
Status OpenJournal::removeOrphans() {
    auto found = entries();
    if (!found)
        return std::move(found).error();
    std::set<std::string> owned;
    std::set<std::string> unreadable;
    for (const Found& record : *found) {
        owned.insert(record.id + kSaveSuffix);
        if (!record.entry) {
            unreadable.insert(record.id);
            continue;
        }
        for (const ExtraSave& extra : record.entry->extras)
            owned.insert(extra.save + kSaveSuffix);
    }
    auto listed = files_.list(folder_);
    if (!listed)
        return std::move(listed).error();
    for (const auto& file : *listed) {
        const std::string name = platform::narrowPath(file.name);
        const bool kept =
            !name.ends_with(kSaveSuffix) || owned.contains(name) || unreadable.contains(name.substr(0, name.find('-')));
        if (kept && !platform::isSiblingName(file.name))
            continue;
        if (auto removed = files_.remove(folder_ / file.name); !removed)
            return removed;
    }
    return {};
}

Status OpenJournal::write(const JournalEntry& entry) { return records_.write(entry.id, encode(entry)); }

Status OpenJournal::remove(const JournalEntry& entry) {
    if (auto removed = records_.remove(entry.id); !removed)
        return removed;
    if (auto synced = files_.syncDirectory(folder_); !synced)
        return synced;
    discard(entry.id);
    for (const ExtraSave& extra : entry.extras)
        discard(extra.save);
    return {};
}

/// What cannot be removed now is an orphan, swept at the next start.
void OpenJournal::discard(const std::string& save) { static_cast<void>(files_.remove(pathOf(save))); }

void OpenJournal::removeExtra(const ExtraSave& extra) { discard(extra.save); }

void OpenJournal::removeSave(const JournalEntry& entry) { discard(entry.id); }

Result<std::vector<OpenJournal::Found>> OpenJournal::entries() const {
    auto names = records_.names();
    if (!names)
        return std::move(names).error();
    std::vector<Found> found;
    for (const std::string& name : *names) {
        auto content = records_.read(name);
        if (!content) {
            found.push_back({name, std::move(content).error()});
            continue;
        }
        auto entry = decode(*content);
        if (entry && entry->id != name)
            entry = makeError(ErrorCode::dataDamaged, "the record of an open document has another's name");
        found.push_back({name, std::move(entry)});
    }
    return found;
}

Result<DocumentStamp> OpenJournal::seal(const JournalEntry& entry, const platform::Path& document) {
    return sealAs(entry, entry.id, document);
}

Result<ExtraSave> OpenJournal::sealExtra(const JournalEntry& entry, const platform::Path& name) {
    const auto taken = [&](const std::string& save) {
        return std::any_of(entry.extras.begin(), entry.extras.end(),
                           [&](const ExtraSave& other) { return other.save == save; });
    };
    ExtraSave extra{name, {}};
    for (unsigned number = 1; extra.save.empty() || taken(extra.save); ++number)
        extra.save = entry.id + "-" + std::to_string(number);
    auto sealed = sealAs(entry, extra.save, entry.workspace / name);
    if (!sealed)
        return std::move(sealed).error();
    return extra;
}

Result<DocumentStamp> OpenJournal::sealAs(const JournalEntry& entry, const std::string& save,
                                          const platform::Path& document) {
    auto source = files_.open(document, platform::Access::read);
    if (!source)
        return std::move(source).error();
    auto before = (*source)->info();
    if (!before)
        return std::move(before).error();

    const platform::Path target = pathOf(save);
    const platform::Path temporary = platform::siblingName(target, random_);
    auto sealInto = [&]() -> Status {
        auto file = files_.create(temporary);
        if (!file)
            return std::move(file).error();
        if (auto sealed = sealSave(**source, stampOf(*before), **file, entry.recipient, bindingOf(entry), random_);
            !sealed)
            return sealed;
        auto after = files_.info(document);
        if (!after)
            return std::move(after).error();
        if (!after->sameContentAs(*before))
            return makeError(ErrorCode::changedMeanwhile, "the document changed while it was being sealed");
        return (*file)->sync();
    };
    Status done = sealInto();
    if (done)
        done = files_.rename(temporary, target);
    if (done)
        done = files_.syncDirectory(folder_);
    if (done)
        return stampOf(*before);
    // Told already is the first failure; a temporary that stays is swept at the next start.
    static_cast<void>(files_.remove(temporary));
    return std::move(done).error();
}

Result<std::optional<DocumentStamp>> OpenJournal::sealed(const JournalEntry& entry) const {
    auto save = files_.open(pathOf(entry.id), platform::Access::read);
    if (!save && save.error().code == ErrorCode::notFound)
        return std::optional<DocumentStamp>{};
    if (!save)
        return std::move(save).error();
    auto stamp = readSaveStamp(**save);
    if (!stamp)
        return std::move(stamp).error();
    return std::optional<DocumentStamp>{*stamp};
}

Result<std::unique_ptr<platform::File>> OpenJournal::openDocument(const JournalEntry& entry,
                                                                  const crypto::AgreementKey& key) {
    return open(entry, entry.id, key);
}

Result<std::unique_ptr<platform::File>> OpenJournal::openExtra(const JournalEntry& entry, const ExtraSave& extra,
                                                               const crypto::AgreementKey& key) {
    return open(entry, extra.save, key);
}

Result<std::unique_ptr<platform::File>> OpenJournal::open(const JournalEntry& entry, const std::string& save,
                                                          const crypto::AgreementKey& key) {
    auto sealed = files_.open(pathOf(save), platform::Access::read);
    if (!sealed)
        return std::move(sealed).error();
    return SavedDocument::open(std::move(*sealed), key, bindingOf(entry));
}

platform::Path OpenJournal::pathOf(const std::string& save) const { return folder_ / (save + kSaveSuffix); }

} // namespace ssprotect::managed
