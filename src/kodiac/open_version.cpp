#include "file_rows.h"
#include "handlers.h"
#include "shares.h"

namespace ssprotect::kodiac {
namespace {

/// What a version has once it is committed.
struct Committed {
    container::Identity identity;
    FileRow file;
    crypto::Sha256Digest digest{};
    crypto::PublicKey creatorKey{};
};

Error notAsRecorded() {
    return makeError(ErrorCode::integrity,
                     "the file does not say of itself what KODiAC recorded of it: it was changed, "
                     "or stored after the backup that KODiAC was restored from");
}

/// *Open* for the items of one request.
class Opening {
public:
    explicit Opening(Context& context) : context_(context), caller_(context.caller), shares_(context) {}

    /// A refused item says so in itself; an Error is a fault of the database.
    Result<OpenVersion::Opened> open(const OpenVersion::Item& item) {
        auto opened = answer(item);
        if (!opened)
            return opened;
        if (!opened->error && item.purpose != OpenPurpose::verify)
            opened->grant = recordGrant();
        note(item, *opened);
        return opened;
    }

    /// For a reply that was lost: nothing is granted a second time.
    Status openAgain(const OpenVersion::Item& item, OpenVersion::Opened& kept) {
        if (kept.error)
            return {};
        auto opened = answer(item);
        if (!opened)
            return std::move(opened).error();
        if (!opened->error)
            opened->grant = kept.grant;
        note(item, *opened, kAskedAgain);
        kept = std::move(*opened);
        return {};
    }

private:
    Result<OpenVersion::Opened> answer(const OpenVersion::Item& item) {
        OpenVersion::Opened opened;
        auto committed = find(item);
        if (!committed) {
            opened.error = std::move(committed).error();
            return opened;
        }
        auto share = shares_.of(committed->identity, item.identity, committed->file.salt);
        if (!share)
            return std::move(share).error();
        opened.share = std::move(*share);
        opened.digest = committed->digest;
        opened.creator = committed->identity.creator;
        opened.creatorKey = committed->creatorKey;
        opened.latest = latestOf(committed->identity.file);
        return opened;
    }

    Result<Committed> find(const OpenVersion::Item& item) {
        found_ = {};
        auto identity = container::Identity::parse(item.identity);
        if (!identity)
            return makeError(ErrorCode::integrity, "the file's header is damaged");
        found_ = *identity;
        auto file = fileRow(context_, identity->file);
        if (!file)
            return makeError(ErrorCode::notFound, "KODiAC knows no file with this id");
        const auto row = context_.sql.one("SELECT v.identity, v.state, v.digest, m.signing FROM versions v "
                                          "LEFT JOIN member_keys m ON m.account = v.creator "
                                          "AND m.generation = v.creator_generation "
                                          "WHERE v.file = $1 AND v.version = $2",
                                          {identity->file, identity->version});
        if (!row || row->get<container::IdentityBytes>(0) != item.identity)
            return notAsRecorded();
        if (file->organization != caller_.organization)
            return makeError(ErrorCode::foreignFile, "this file belongs to another organization");
        if (static_cast<StoreState::State>(row->get<int>(1)) != StoreState::State::committed)
            return makeError(ErrorCode::notFound, "this version was never stored to its end");
        if (item.purpose == OpenPurpose::release && !caller_.releaseProtections)
            return makeError(ErrorCode::releaseNotPermitted, "this account may not release files");
        return Committed{*identity, std::move(*file), row->get<crypto::Sha256Digest>(2),
                         row->get<crypto::PublicKey>(3)};
    }

    VersionNumber latestOf(const FileId& file) {
        const auto row = context_.sql.one("SELECT version FROM versions WHERE file = $1 AND state = $2 "
                                          "ORDER BY version DESC LIMIT 1",
                                          {file, numberOf(StoreState::State::committed)});
        return row ? row->get<VersionNumber>(0) : 0;
    }

    GrantId recordGrant() {
        const auto grant = draw<GrantId>(context_);
        context_.sql.post("INSERT INTO grants (id, account, host, file, version, created) "
                          "VALUES ($1, $2, $3, $4, $5, $6)",
                          {grant, caller_.account, caller_.host, found_.file, found_.version, context_.now()});
        return grant;
    }

    void note(const OpenVersion::Item& item, const OpenVersion::Opened& opened, std::string_view reason = {}) {
        auto note = noteOf(found_.file, found_.version, opened.error);
        if (!opened.error) {
            note.reason = reason;
            if (found_.version < item.lastSeen)
                note.reason = "older than version " + std::to_string(item.lastSeen) + ", last seen at that place";
        }
        context_.notes.push_back(std::move(note));
    }

    Context& context_;
    const Caller& caller_;
    Shares shares_;
    container::Identity found_; ///< whatever the item at hand claims to be
};

} // namespace

Result<OpenVersion::Response> execute(Context& context, const OpenVersion::Request& request) {
    Opening opening(context);
    OpenVersion::Response response;
    for (const auto& item : request.items) {
        auto opened = opening.open(item);
        if (!opened)
            return std::move(opened).error();
        response.items.push_back(std::move(*opened));
    }
    return response;
}

Status renewShares(Context& context, const OpenVersion::Request& request, OpenVersion::Response& kept) {
    if (kept.items.size() != request.items.size())
        return makeError(ErrorCode::dataDamaged, "a kept reply of KODiAC is damaged");
    Opening opening(context);
    for (std::size_t i = 0; i < request.items.size(); ++i)
        if (auto renewed = opening.openAgain(request.items[i], kept.items[i]); !renewed)
            return renewed;
    return {};
}

} // namespace ssprotect::kodiac
