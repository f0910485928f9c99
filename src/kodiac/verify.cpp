#include "authority_inside.h"
#include "shares.h"
#include "ssprotect/store/database.h"

namespace ssprotect::kodiac {
namespace {

/// A kind of fault: the statement counts what has it.
struct Question {
    std::string_view fault;
    std::string_view count;
};

constexpr std::array kQuestions{
    Question{"stored versions lack size, digest or signature",
             "SELECT COUNT(*) FROM versions WHERE state = 2 AND (size IS NULL OR digest IS NULL OR signature IS NULL)"},
    Question{"versions have a number that their file has not given yet",
             "SELECT COUNT(*) FROM versions v JOIN files f ON f.id = v.file WHERE v.version >= f.next"},
    Question{
        "versions have lost their file, or the right that they were stored by",
        "SELECT COUNT(*) FROM versions v LEFT JOIN files f ON f.id = v.file LEFT JOIN grants g ON g.id = v.grant_id "
        "WHERE f.id IS NULL OR (v.grant_id IS NOT NULL AND g.id IS NULL)"},
    Question{"rights to store have lost their file",
             "SELECT COUNT(*) FROM grants g LEFT JOIN files f ON f.id = g.file WHERE f.id IS NULL"},
    Question{"versions are missing from the audit trail",
             "SELECT COUNT(*) FROM (SELECT file, version FROM versions EXCEPT "
             "SELECT file, version FROM audit WHERE file IS NOT NULL) AS missing"},
    Question{"stored versions lack the audit row of their store",
             "SELECT COUNT(*) FROM (SELECT file, version FROM versions WHERE state = 2 EXCEPT SELECT file, version "
             "FROM audit WHERE file IS NOT NULL AND operation = 'file.commit' AND result = 'ok') AS missing"},
    Question{"audit rows are of sessions by nobody",
             "SELECT COUNT(*) FROM audit WHERE session IS NOT NULL AND account IS NULL AND proven = 1"},
    Question{"Organizations with validated accounts have no Privileged User",
             "SELECT COUNT(*) FROM organizations o WHERE o.kind = 'organization' AND EXISTS "
             "(SELECT 1 FROM accounts a WHERE a.organization = o.id AND a.state = 'validated') AND NOT EXISTS "
             "(SELECT 1 FROM accounts a WHERE a.organization = o.id AND a.state = 'validated' AND a.disabled = 0 "
             "AND a.privilege IN ('administrator', 'delegate'))"},
    Question{"validated accounts lack the Organization's present key",
             "SELECT COUNT(*) FROM accounts a JOIN organizations o ON o.id = a.organization "
             "WHERE a.state = 'validated' AND NOT EXISTS (SELECT 1 FROM content_keys k "
             "WHERE k.organization = o.id AND k.epoch = o.key_epoch AND k.account = a.id)"},
    Question{"validated accounts lack their keys' statement",
             "SELECT COUNT(*) FROM accounts a WHERE a.state = 'validated' AND NOT EXISTS "
             "(SELECT 1 FROM member_keys k WHERE k.account = a.id AND k.generation = a.key_generation)"},
    Question{"Organizations lack the root of their present shares",
             "SELECT COUNT(*) FROM organizations o WHERE o.share_epoch > 0 AND NOT EXISTS "
             "(SELECT 1 FROM share_roots r WHERE r.organization = o.id AND r.epoch = o.share_epoch)"},
};

void countFaults(store::Transaction& sql, std::vector<std::string>& faults) {
    for (const Question& question : kQuestions) {
        const auto row = sql.one(question.count);
        const auto count = row ? row->get<std::int64_t>(0) : 0;
        if (count != 0)
            faults.push_back(std::to_string(count) + " " + std::string(question.fault));
    }
}

void checkAuditWords(store::Transaction& sql, std::vector<std::string>& faults) {
    for (const auto& row : sql.all("SELECT DISTINCT result FROM audit")) {
        const auto word = row.get<std::string>(0);
        if (word != "ok" && errorWord(errorCodeOf(word)) != word)
            faults.emplace_back("audit rows have a result that is no word of this version");
    }
}

void checkRoots(store::Transaction& sql, const Services& services, std::vector<std::string>& faults) {
    std::int64_t closed = 0;
    for (const auto& row : sql.all("SELECT organization, epoch, sealed FROM share_roots"))
        if (!openShareRoot(services, row.get<OrganizationId>(0), row.get<Epoch>(1), row.get<Bytes>(2)))
            ++closed;
    if (closed != 0)
        faults.push_back(std::to_string(closed) + " roots of shares are not sealed under this master key");
}

} // namespace

Result<std::vector<std::string>> Authority::verify() {
    if (auto sound = inside_->database->check(); !sound)
        return std::move(sound).error();
    return inside_->database->read([&](store::Transaction& sql) -> Result<std::vector<std::string>> {
        sql.takeTime();
        std::vector<std::string> faults;
        countFaults(sql, faults);
        checkAuditWords(sql, faults);
        checkRoots(sql, inside_->services, faults);
        return faults;
    });
}

} // namespace ssprotect::kodiac
