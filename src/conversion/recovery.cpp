#include "ssprotect/conversion/recovery.h"

#include "recovery_of_item.h"
#include "source.h"
#include "ssprotect/container/container.h"

#include <algorithm>
#include <map>
#include <set>

#include <spdlog/logger.h>

namespace ssprotect::conversion {
namespace {

using Versions = std::vector<std::pair<FileId, VersionNumber>>;
using Verdicts = std::map<std::pair<FileId, VersionNumber>, Verdict>;

/// For conflict copies that are made before anyone has logged in.
constexpr std::string_view kNobody = "SSProtect";

bool settled(RecoveryOutcome outcome) {
    return outcome == RecoveryOutcome::completed || outcome == RecoveryOutcome::undone ||
           outcome == RecoveryOutcome::keptBoth;
}

/// What lies now where a recovered store put it; nothing if it has been moved since.
std::optional<vchain::StoredRecord> storedRow(platform::FileSystem& files, const platform::Path& path, const FileId& id,
                                              VersionNumber version) {
    auto file = files.open(path, platform::Access::read);
    if (!file)
        return std::nullopt;
    const auto header = container::readHeader(**file);
    if (!header || !*header || (*header)->identity.file != id || (*header)->identity.version != version)
        return std::nullopt;
    return vchain::StoredRecord{path, (*header)->identity, (*header)->plaintextSize};
}

/// One pass over the journal, with or without a session.
class Pass {
public:
    Pass(Journal& journal, platform::FileSystem& files, const Clock& clock, Log& log)
        : journal_(journal), files_(files), clock_(clock), log_(log) {}

    Pass(Journal& journal, platform::FileSystem& files, const Clock& clock, Log& log, Authorisation& authority,
         vchain::ChainRecords& records, const std::string& accountName)
        : journal_(journal), files_(files), clock_(clock), log_(log), authority_(&authority), records_(&records),
          accountName_(accountName) {}

    RecoveryReport run() {
        const auto alone = journal_.oneRecovery();
        auto leftovers = journal_.leftovers();
        if (!leftovers) {
            log_.warn("the journal could not be read: {}", leftovers.error().word());
            RecoveredItem item;
            item.outcome = RecoveryOutcome::failed;
            item.error = std::move(leftovers).error();
            report_.items.push_back(std::move(item));
            return std::move(report_);
        }
        for (auto& leftover : *leftovers)
            recover(leftover);
        return std::move(report_);
    }

private:
    void recover(Journal::Leftover& leftover) {
        if (!leftover.record) {
            RecoveredItem item;
            item.outcome = RecoveryOutcome::unreadable;
            item.error = std::move(leftover.record).error();
            report_.items.push_back(std::move(item));
            return;
        }
        BatchRecord& record = *leftover.record;
        const bool mine = authority_ != nullptr && authority_->account() == record.account;
        const Verdicts verdicts = mine ? ask(record) : Verdicts{};
        std::vector<RecoveredItem> reports;
        for (const auto& item : record.items) {
            const auto known = verdicts.find({item.file, item.version});
            RecoveryOfItem recovery(files_, record.kind, item, accountName_, clock_.now());
            reports.push_back(recovery.run(known == verdicts.end() ? Verdict::unknown : known->second));
        }
        syncFolders(record, reports);
        const bool told = mine && tellHostlist(record, reports);
        close(leftover.name, record, reports, told);
    }

    /// KODiAC's word on the versions whose commit nobody saw answered.
    Verdicts ask(const BatchRecord& record) {
        Versions versions;
        for (const auto& item : record.items)
            if (item.stage == ItemStage::prepared && record.kind != BatchKind::release)
                versions.emplace_back(item.file, item.version);
        Verdicts verdicts;
        if (versions.empty())
            return verdicts;
        const auto progress = authority_->progressOf(versions);
        if (!progress || progress->size() != versions.size()) {
            log_.warn("recovery could not ask KODiAC: {}", progress ? "internal" : progress.error().word());
            return verdicts;
        }
        std::vector<AbandonedStore> abandoned;
        for (std::size_t i = 0; i < versions.size(); ++i) {
            const auto state = (*progress)[i];
            verdicts[versions[i]] = state == StoreProgress::committed ? Verdict::committed : Verdict::dropped;
            if (state == StoreProgress::begun)
                abandoned.push_back({versions[i].first, versions[i].second, ErrorCode::cancelled});
        }
        if (!abandoned.empty())
            if (auto told = authority_->commit({}, abandoned); !told)
                log_.warn("recovery could not tell KODiAC of abandoned versions: {}", told.error().word());
        return verdicts;
    }

    void syncFolders(const BatchRecord& record, std::vector<RecoveredItem>& reports) {
        std::map<platform::Path, Status> folders;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (!settled(reports[i].outcome) || record.items[i].stage == ItemStage::published)
                continue;
            const auto folder = record.items[i].target.parent_path();
            auto known = folders.find(folder);
            if (known == folders.end())
                known = folders.emplace(folder, files_.syncDirectory(folder)).first;
            // A folder that is gone has nothing to bring back.
            if (known->second || known->second.error().code == ErrorCode::notFound)
                continue;
            reports[i].outcome = RecoveryOutcome::failed;
            reports[i].error = known->second.error();
        }
    }

    bool tellHostlist(const BatchRecord& record, const std::vector<RecoveredItem>& reports) {
        std::vector<vchain::StoredRecord> stored;
        std::vector<vchain::ReleasedRecord> released;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            const auto& item = record.items[i];
            if (!needsHostlist(record.kind, reports[i].outcome))
                continue;
            if (record.kind == BatchKind::release) {
                released.push_back({item.target, item.file, item.version, item.owner, record.session});
                continue;
            }
            const auto& path = reports[i].copy.empty() ? item.target : reports[i].copy;
            if (auto row = storedRow(files_, path, item.file, item.version))
                stored.push_back(std::move(*row));
        }
        Status told;
        if (!stored.empty())
            told = records_->recordStored(stored);
        if (told && !released.empty())
            told = records_->recordReleased(released);
        if (!told)
            log_.warn("recovery could not bring the Hostlist up to date: {}", told.error().word());
        return told.ok();
    }

    static bool needsHostlist(BatchKind kind, RecoveryOutcome outcome) {
        return outcome == RecoveryOutcome::completed ||
               (kind != BatchKind::release && outcome == RecoveryOutcome::keptBoth);
    }

    /// Keeps in the record what is not at its end, and rewrites it only if that is less than before.
    void close(const std::string& name, const BatchRecord& record, std::vector<RecoveredItem>& reports, bool told) {
        BatchRecord rest{record.kind, record.account, record.session, {}};
        bool changed = false;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            JournalItem item = record.items[i];
            const bool wasPublished = item.stage == ItemStage::published;
            const bool untold = !told && needsHostlist(record.kind, reports[i].outcome);
            if (settled(reports[i].outcome) && !untold) {
                changed = true;
            } else if (settled(reports[i].outcome)) {
                changed = changed || !wasPublished;
                item.stage = ItemStage::published;
                if (!reports[i].copy.empty())
                    item.target = reports[i].copy;
                rest.items.push_back(std::move(item));
            } else {
                rest.items.push_back(std::move(item));
            }
            if (!(wasPublished && untold))
                report_.items.push_back(std::move(reports[i]));
        }
        if (!changed)
            return;
        const auto closed = rest.items.empty() ? journal_.clear(name) : journal_.rewrite(name, rest);
        if (!closed)
            log_.warn("recovery could not close a journal record: {}", closed.error().word());
    }

    Journal& journal_;
    platform::FileSystem& files_;
    const Clock& clock_;
    Log& log_;
    Authorisation* authority_ = nullptr;
    vchain::ChainRecords* records_ = nullptr;
    std::string accountName_{kNobody};
    RecoveryReport report_;
};

} // namespace

bool RecoveryReport::nothingLeft() const {
    return std::all_of(items.begin(), items.end(), [](const RecoveredItem& item) { return settled(item.outcome); });
}

RecoveryReport recoverFiles(Journal& journal, platform::FileSystem& files, const Clock& clock, Log& log) {
    return Pass(journal, files, clock, log).run();
}

RecoveryReport recoverWithSession(Journal& journal, platform::FileSystem& files, Authorisation& authority,
                                  vchain::ChainRecords& records, const std::string& accountName, const Clock& clock,
                                  Log& log) {
    return Pass(journal, files, clock, log, authority, records, accountName).run();
}

} // namespace ssprotect::conversion
