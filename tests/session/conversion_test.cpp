#include "session_home.h"
#include "ssprotect/ipc/path_text.h"
#include "support/odd_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;

conversion::BegunStore begin(Session& session, std::optional<FileId> chain = {}, std::optional<GrantId> grant = {}) {
    const conversion::StoreRequest item{chain, grant, "/home/ada/plan.odt"};
    auto begun = session.begin({&item, 1});
    EXPECT_EQ(wordOf(begun), "ok") << (begun ? "" : begun.error().message);
    EXPECT_EQ(wordOf(begun->front()), "ok");
    return std::move(*begun->front());
}

std::string_view commit(Session& session, const container::Identity& identity, const platform::Path& path) {
    conversion::CommitRequest item{identity.file, identity.version, identity.keyEpoch, {}, path};
    item.stored.plaintextSize = 1234;
    item.stored.digest[0] = static_cast<Byte>(identity.version);
    const auto committed = session.commit({&item, 1}, {});
    return committed ? wordOf(committed->front()) : wordOf(committed);
}

Result<conversion::OpenedVersion> open(Session& session, const container::Identity& identity,
                                       conversion::Purpose purpose = conversion::Purpose::managed) {
    const conversion::OpenRequest item{identity.bytes(), 0, purpose};
    auto opened = session.open({&item, 1});
    if (!opened)
        return std::move(opened).error();
    return std::move(opened->front());
}

TEST(SessionConversion, BeginsCommitsAndOpensAVersion) {
    SessionHome home;
    home.createAccount();
    Session& session = *home.session();
    const auto begun = begin(session);
    EXPECT_EQ(begun.share.size(), 32u);
    EXPECT_EQ(begun.identity.version, 1u);
    EXPECT_EQ(begun.identity.owner, session.account());
    EXPECT_EQ(commit(session, begun.identity, "/home/ada/plan.odt"), "ok");

    const auto opened = open(session, begun.identity);
    ASSERT_EQ(wordOf(opened), "ok");
    EXPECT_TRUE(crypto::equalSecrets(opened->share, begun.share));
    EXPECT_EQ(opened->latest, 1u);
    EXPECT_EQ(opened->creatorKey, session.signingKey()->publicKey());
    EXPECT_FALSE(opened->grant.isNull());
}

TEST(SessionConversion, TellsHowFarAStoreGot) {
    SessionHome home;
    home.createAccount();
    Session& session = *home.session();
    const auto first = begin(session);
    const auto second = begin(session);
    const auto third = begin(session);
    EXPECT_EQ(commit(session, first.identity, "/a"), "ok");
    const conversion::AbandonedStore given{third.identity.file, 1, ErrorCode::diskFull};
    ASSERT_EQ(wordOf(session.commit({}, {&given, 1})), "ok");
    const std::vector<std::pair<FileId, VersionNumber>> asked{
        {first.identity.file, 1}, {second.identity.file, 1}, {third.identity.file, 1}, {first.identity.file, 9}};
    const auto progress = session.progressOf(asked);
    ASSERT_EQ(wordOf(progress), "ok");
    using conversion::StoreProgress;
    EXPECT_THAT(*progress, ::testing::ElementsAre(StoreProgress::committed, StoreProgress::begun,
                                                  StoreProgress::abandoned, StoreProgress::unknown));
}

TEST(SessionConversion, AuthorisesAThousandFilesInOneRequestAndNoMore) {
    SessionHome home;
    home.createAccount();
    std::vector<conversion::StoreRequest> items(1000, {{}, {}, "/tmp/a"});
    home.between.calls.clear();
    const auto begun = home.session()->begin(items);
    ASSERT_EQ(wordOf(begun), "ok");
    EXPECT_EQ(begun->size(), 1000u);
    EXPECT_EQ(home.between.calls.size(), 1u);
    items.emplace_back();
    EXPECT_EQ(wordOf(home.session()->begin(items)), "invalid-input");
}

TEST(SessionConversion, NamesLeaveTheHostOnlySealed) {
    SessionHome home;
    home.createAccount();
    std::string passed;
    home.between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        passed += call.body;
        return pass(call);
    });
    const auto begun = begin(*home.session());
    EXPECT_EQ(commit(*home.session(), begun.identity, "/home/ada/quarterly-secret.odt"), "ok");
    EXPECT_EQ(passed.find("quarterly"), std::string::npos);
    EXPECT_EQ(passed.find(toBase64(viewOf("quarterly-sec")).substr(0, 16)), std::string::npos);

    home.between.interfere({});
    const auto page = home.session()->versions(begun.identity.file, 0, 100);
    ASSERT_EQ(wordOf(page), "ok");
    ASSERT_EQ(page->versions.size(), 1u);
    EXPECT_EQ(page->versions[0].name, "quarterly-secret.odt");
    EXPECT_EQ(page->versions[0].path,
              ipc::pathToText(platform::Path("/home/ada/quarterly-secret.odt").make_preferred()));
    EXPECT_EQ(page->versions[0].creatorEmail, kEmail);
    EXPECT_EQ(page->versions[0].size, 1234u);
}

TEST(SessionConversion, ListsVersionsNewestFirstInPages) {
    SessionHome home;
    home.createAccount();
    Session& session = *home.session();
    const auto first = begin(session);
    EXPECT_EQ(commit(session, first.identity, "/a"), "ok");
    for (int i = 0; i < 4; ++i) {
        const auto next = begin(session, first.identity.file);
        EXPECT_EQ(commit(session, next.identity, "/b"), "ok");
    }
    begin(session, first.identity.file); // never committed: not listed
    const auto newest = session.versions(first.identity.file, 0, 2);
    ASSERT_EQ(wordOf(newest), "ok");
    ASSERT_EQ(newest->versions.size(), 2u);
    EXPECT_EQ(newest->versions[0].version, 5u);
    const auto rest = session.versions(first.identity.file, newest->versions[1].version, 100);
    ASSERT_EQ(wordOf(rest), "ok");
    ASSERT_EQ(rest->versions.size(), 3u);
    EXPECT_EQ(rest->versions[2].version, 1u);
    EXPECT_EQ(rest->versions[2].name, "a");
    EXPECT_EQ(wordOf(session.versions(FileId({1, 2, 3}), 0, 10)), "not-found");
}

TEST(SessionConversion, KeepsNamesThatAreNoUtf8) {
    SessionHome home;
    home.createAccount();
    const auto begun = begin(*home.session());
    EXPECT_EQ(commit(*home.session(), begun.identity, support::oddPath()), "ok");
    const auto page = home.session()->versions(begun.identity.file, 0, 1);
    ASSERT_EQ(wordOf(page), "ok");
    EXPECT_EQ(ipc::textToPath(page->versions[0].name).value(), support::oddPath().filename());
}

TEST(Closing, WorksAfterLogoutOnceForEachGrant) {
    SessionHome home;
    home.createAccount();
    const auto session = home.session();
    const auto first = begin(*session);
    ASSERT_EQ(commit(*session, first.identity, "/a"), "ok");
    const auto opened = open(*session, first.identity);
    ASSERT_EQ(wordOf(opened), "ok");
    ASSERT_TRUE(home.manager().logout());

    const auto next = begin(*session, first.identity.file, opened->grant);
    EXPECT_EQ(next.identity.version, 2u);
    EXPECT_EQ(wordOf(session->contentKey(session->organization(), 1)), "ok");
    EXPECT_EQ(wordOf(session->signingKey()), "ok");
    EXPECT_EQ(commit(*session, next.identity, "/a"), "ok");

    const conversion::StoreRequest again{first.identity.file, opened->grant, "/a"};
    const auto spent = session->begin({&again, 1});
    ASSERT_EQ(wordOf(spent), "ok");
    EXPECT_EQ(wordOf(spent->front()), "refused");
}

TEST(Closing, AfterLogoutStartsNothingNew) {
    SessionHome home;
    home.createAccount();
    const auto session = home.session();
    const auto first = begin(*session);
    ASSERT_EQ(commit(*session, first.identity, "/a"), "ok");
    const auto opened = open(*session, first.identity);
    ASSERT_EQ(wordOf(opened), "ok");
    ASSERT_TRUE(home.manager().logout());

    const std::vector<conversion::StoreRequest> items{
        {{}, {}, "/new"}, {first.identity.file, opened->grant, "/a"}, {first.identity.file, {}, "/a"}};
    const auto begun = session->begin(items);
    ASSERT_EQ(wordOf(begun), "ok");
    EXPECT_EQ(wordOf((*begun)[0]), "not-logged-in");
    EXPECT_EQ(wordOf((*begun)[1]), "ok");
    EXPECT_EQ(wordOf((*begun)[2]), "not-logged-in");
    EXPECT_EQ(wordOf(session->begin({items.data(), 1})), "not-logged-in");
    EXPECT_EQ(wordOf(open(*session, first.identity)), "not-logged-in");
    EXPECT_EQ(wordOf(session->showAccount()), "not-logged-in");
    EXPECT_EQ(wordOf(session->audit(0, 1)), "not-logged-in");
    EXPECT_EQ(wordOf(session->versions(first.identity.file, 0, 1)), "not-logged-in");
}

TEST(Closing, WorksAfterTheSessionExpiredAndBesideANewOne) {
    SessionHome home;
    home.createAccount();
    const auto old = home.session();
    const auto first = begin(*old);
    ASSERT_EQ(commit(*old, first.identity, "/a"), "ok");
    const auto opened = open(*old, first.identity);
    ASSERT_EQ(wordOf(opened), "ok");
    home.clock.advance(13h);
    ASSERT_EQ(home.session(), nullptr);
    ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");

    const auto next = begin(*old, first.identity.file, opened->grant);
    EXPECT_EQ(commit(*old, next.identity, "/a"), "ok");
    EXPECT_EQ(wordOf(open(*home.session(), next.identity)), "ok");
}

TEST(Closing, GivesANewProcessOfTheAccountTheGrant) {
    SessionHome home;
    home.createAccount();
    const auto first = begin(*home.session());
    ASSERT_EQ(commit(*home.session(), first.identity, "/a"), "ok");
    const auto opened = open(*home.session(), first.identity);
    ASSERT_EQ(wordOf(opened), "ok");
    home.crash();
    ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    const auto next = begin(*home.session(), first.identity.file, opened->grant);
    EXPECT_EQ(commit(*home.session(), next.identity, "/a"), "ok");
}

} // namespace
} // namespace ssprotect::session
