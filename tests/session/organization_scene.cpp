#include "organization_scene.h"

#include "ssprotect/crypto/certificate.h"
#include "support/member.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

constexpr crypto::ScryptParameters kCheap{16, 8, 1};

void expectOk(const Status& status, std::string_view what) {
    ASSERT_TRUE(status) << what << ": " << status.error().word() << ": " << status.error().message;
}

template <class T> Status statusOf(const Result<T>& result) { return result ? Status{} : Status{result.error()}; }

} // namespace

MemberHome::MemberHome(OrganizationScene& scene, std::string folder, ServerDirectory::Opener opener)
    : servers(scene.servers()), scene_(scene), folder_(std::move(folder)),
      directory_(
          between, opener ? std::move(opener) : [this](const ServerSet&) {
              return Result<ServerDirectory::Remote>(
                  ServerDirectory::Remote{{std::shared_ptr<void>(), &between}, {}, {}});
          }) {
    between.connect(&scene.authority());
    open();
}

void MemberHome::open() {
    auto database = HostDatabase::open(scene_.environment(), {scene_.folder / folder_});
    ASSERT_TRUE(database) << database.error().message;
    database_ = std::move(*database);
    const auto ask = [this](const CodeQuestion& question) -> Result<std::string> {
        if (whenAsked)
            whenAsked(question);
        if (tokenCodes.empty())
            return makeError(ErrorCode::secondFactorMissing, "nobody answers");
        std::string code = tokenCodes.front();
        tokenCodes.erase(tokenCodes.begin());
        return code;
    };
    manager_ = std::make_unique<SessionManager>(directory_, *database_, scene_.environment(),
                                                SessionSettings{folder_, kCheap, {kCheap.n, 1u << 20}, ask});
    locks_ = std::make_unique<LockKeeper>(*manager_, scene_.environment());
}

void MemberHome::crash() {
    locks_.reset();
    manager_.reset();
    database_.reset();
    open();
}

platform::Path MemberHome::file(std::string_view name) const {
    return scene_.folder / (folder_ + "-" + std::string(name));
}

Result<SessionInfo> MemberHome::login(std::string_view email, std::string_view password) {
    return manager().login(target(email), viewOf(password));
}

Result<Registration> MemberHome::registerWith(std::string_view email, ByteView code, std::string_view password) {
    return manager().registerAccount(email, servers, textOf(code), viewOf(password));
}

OrganizationScene::OrganizationScene() {
    auto ca = crypto::makeCertificateAuthority("Example", clock.now(), random);
    EXPECT_TRUE(ca);
    pin_ = ca->certificate;
    store::Options options;
    options.schema = kodiac::authoritySchema();
    options.label = "the KODiAC of this test";
    auto database = store::Database::openSqlite(folder / "kodiac.db", *files, clock, std::move(options));
    EXPECT_TRUE(database) << database.error().message;
    kodiac::AuthoritySettings settings;
    settings.scrypt.leastN = kCheap.n;
    settings.unknownUsers = kCheap;
    crypto::SecretBytes master(kodiac::kMasterKeySize);
    random.fill(master.bytes());
    auto opened = kodiac::Authority::open(std::move(*database), random, std::move(master), settings);
    EXPECT_TRUE(opened) << opened.error().message;
    authority_ = std::move(*opened);
}

crypto::SecretBytes OrganizationScene::mailedCode(std::string_view email, kodiac::MailKind kind) {
    return test::mailedCode(*authority_, email, kind);
}

void OrganizationScene::found(MemberHome& at) {
    auto code = authority_->createOrganization({"Example", std::string(kAdministrator), 10, 100'000, true});
    expectOk(statusOf(code), "found");
    auto registered = at.registerWith(kAdministrator, *code);
    expectOk(statusOf(registered), "register the Administrator");
    ASSERT_TRUE(registered->session);
    expectOk(at.manager().exportKeys(at.file("exported.keys"), viewOf(kPassphrase)), "export");
}

void OrganizationScene::bringIn(MemberHome& by, MemberHome& at, std::string_view email, bool asDelegate) {
    kodiac::AttributeChanges attributes;
    if (asDelegate)
        attributes.delegate = true;
    Administration admin = by.admin();
    expectOk(statusOf(admin.add(email, attributes)), "add");
    auto registered = at.registerWith(email, mailedCode(email));
    expectOk(statusOf(registered), "register");
    EXPECT_FALSE(registered->session);
    expectOk(admin.validate(email, registered->comparisonCode), "validate");
    expectOk(statusOf(at.login(email)), "log in");
}

} // namespace ssprotect::session
