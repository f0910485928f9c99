#pragma once

#include "ssprotect/kodiac/operations.h"

/// What the audit trail tells (REP-1, REP-2).
namespace ssprotect::kodiac {

/// Its rows, newest first: the caller's own; for Privileged Users on request all of the Organization, of removed
/// accounts too, or those of one other account. What is given narrows the list. `not-privileged` for the rows of
/// others.
struct ListAudit {
    static constexpr std::string_view kName = "audit.list";
    struct Row {
        std::int64_t sequence = 0;
        TimePoint at{};
        AccountId account; ///< who did it, or claimed to be it; null: the operator
        HostId host;
        bool proven = false; ///< who did it had proved to be `account`; else its name was only used
        std::string operation;
        std::optional<FileId> file;
        VersionNumber version = 0;
        std::string result; ///< "ok" or an error word
        std::string reason;
        std::string email; ///< of `account`
        std::string hostName;
        std::optional<AccountId> subject; ///< the other account that it is about
        std::string subjectEmail;
    };
    struct Request {
        std::int64_t before = 0; ///< 0: the newest; else the page below that sequence
        std::uint32_t limit = 500;
        bool organization = false;                       ///< of everybody
        std::optional<AccountId> account = std::nullopt; ///< done by this one; another's: as `organization`
        std::optional<FileId> file = std::nullopt;
        std::optional<TimePoint> from = std::nullopt; ///< inclusive
        std::optional<TimePoint> to = std::nullopt;   ///< exclusive
        std::string operation = {};                   ///< how its name begins: "file.", "users.edit"
        std::string result = {};                      ///< "ok" or an error word
        bool refusals = false;                        ///< only what is not ok
    };
    struct Response {
        std::vector<Row> rows;
    };
};

constexpr std::uint32_t kMostReportDays = 3650;

/// *Disclosure Risk*: the versions whose content an account, or a host, had in its hands in the last days: opened,
/// checked or stored there. By file and version; for the caller's own account, and for Privileged Users any of the
/// Organization. `invalid-input` when neither is named.
struct ReportDisclosure {
    static constexpr std::string_view kName = "report.disclosure";
    struct Row {
        FileId file;
        VersionNumber version = 0;
        TimePoint first{}; ///< of those days
        TimePoint last{};
        std::uint32_t opened = 0; ///< how often
        std::uint32_t stored = 0;
        AccountId owner;
        std::string ownerEmail;
        Epoch keyEpoch = 0; ///< of the content key that `sealedName` lies under
        Bytes sealedName;   ///< empty for a version that was never committed
    };
    struct Request {
        std::optional<AccountId> account;
        std::optional<HostId> host;
        std::uint32_t days = 30; ///< 1–kMostReportDays
        FileId afterFile;        ///< the last row of the page before; null: from the first
        VersionNumber afterVersion = 0;
        std::uint32_t limit = 500;
    };
    struct Response {
        std::vector<Row> rows;
    };
};

} // namespace ssprotect::kodiac
