#include "sample.h"
#include "ssprotect/base/encoding.h"
#include "support/scripted_random.h"
#include "support/vector_file.h"

#include <nlohmann/json.hpp>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;

/// Whole containers of an independent writer, every input named and every intermediate given.
struct ContainerVectors : ssprotect::test::VectorFile {
    ContainerVectors() : VectorFile("container_v1.json") {}

    struct Vector {
        Identity identity;
        Bytes root, fileSalt, contentKey, dataKey, bodySalt;
        crypto::SigningKey creator;
        Bytes plaintext;
        crypto::Sha256Digest digest{};
    };

    template <class Id> static Id idOf(const Json& json, const char* field) {
        return Id::fromHexText(textOf(json, field)).value();
    }

    static Vector vectorOf(const Json& json) {
        Identity identity;
        identity.mode = static_cast<ConversionMode>(json.at("mode").get<int>());
        identity.file = idOf<FileId>(json, "file_id");
        identity.version = json.at("version").get<VersionNumber>();
        identity.shareEpoch = json.at("share_epoch").get<Epoch>();
        identity.keyEpoch = json.at("organization_key_epoch").get<Epoch>();
        identity.organization = idOf<OrganizationId>(json, "organization");
        identity.owner = idOf<AccountId>(json, "owner");
        identity.creator = idOf<AccountId>(json, "creator");
        identity.storedAt = fromUnixMillis(json.at("stored_at_ms").get<std::int64_t>());
        Vector vector{identity,
                      bytesOf(json, "S"),
                      bytesOf(json, "sigma"),
                      bytesOf(json, "OCK"),
                      bytesOf(json, "DEK"),
                      bytesOf(json, "body_salt"),
                      crypto::SigningKey::fromPrivate(bytesOf(json, "creator_ed25519_private")).value(),
                      test::patterned(json.at("plaintext_size").get<std::size_t>())};
        std::ranges::copy(bytesOf(json, "D"), vector.digest.begin());
        return vector;
    }

    static Bytes written(const Vector& vector, ByteView share, unsigned threads, Stored& stored) {
        MemoryFile source(vector.plaintext);
        MemoryFile target;
        ssprotect::test::ScriptedRandom random{vector.dataKey, vector.bodySalt};
        stored = encrypt(source, vector.plaintext.size(), target, vector.identity, {share, vector.contentKey},
                         vector.creator, random, {.threads = threads, .progress = {}})
                     .value();
        EXPECT_EQ(random.left(), 0u);
        return target.content();
    }
};

TEST_F(ContainerVectors, WriterGivesTheSameBytesAndIntermediates) {
    ASSERT_EQ(json().at("vectors").size(), 13u);
    for (const Json& given : json().at("vectors")) {
        SCOPED_TRACE("plaintext size " + given.at("plaintext_size").dump());
        const Vector vector = vectorOf(given);
        EXPECT_EQ(toHex(crypto::sha256({vector.plaintext})), textOf(given, "plaintext_sha256"));
        EXPECT_EQ(toHex(vector.creator.publicKey()), textOf(given, "creator_ed25519_public"));
        const IdentityBytes identity = vector.identity.bytes();
        EXPECT_EQ(toHex(identity), textOf(given, "I"));
        const auto share = deriveShare(vector.root, vector.fileSalt, identity);
        EXPECT_EQ(toHex(share), textOf(given, "R"));
        EXPECT_EQ(toHex(deriveKeyEncryptionKey({share, vector.contentKey}, identity)), textOf(given, "KEK"));

        for (const unsigned threads : {1u, 3u}) {
            Stored stored;
            const Bytes container = written(vector, share, threads, stored);
            EXPECT_EQ(toHex(stored.digest), textOf(given, "D"));
            EXPECT_EQ(toHex(ByteView(container).first(kHeaderSize)), textOf(given, "header"));
            EXPECT_EQ(container.size(), given.at("container_size").get<std::size_t>());
            EXPECT_EQ(toHex(crypto::sha256({container})), textOf(given, "container_sha256"));
            if (given.contains("container")) {
                EXPECT_EQ(toHex(container), textOf(given, "container"));
            }
        }
    }
}

TEST_F(ContainerVectors, ReaderOpensEach) {
    for (const Json& given : json().at("vectors")) {
        SCOPED_TRACE("plaintext size " + given.at("plaintext_size").dump());
        const Vector vector = vectorOf(given);
        const Bytes share = bytesOf(given, "R");
        const VersionKeys keys{share, vector.contentKey};
        Stored stored;
        MemoryFile container(given.contains("container") ? bytesOf(given, "container")
                                                         : written(vector, share, 1, stored));
        for (const unsigned threads : {1u, 3u}) {
            const Effort effort{.threads = threads, .progress = {}};
            EXPECT_TRUE(verify(container, keys, vector.creator.publicKey(), vector.digest, effort));
            MemoryFile plaintext;
            ASSERT_TRUE(decrypt(container, plaintext, keys, vector.creator.publicKey(), vector.digest, effort));
            EXPECT_TRUE(plaintext.content() == vector.plaintext);
        }
        auto reader = Reader::open(container, keys);
        ASSERT_TRUE(reader);
        EXPECT_EQ(reader->header().identity, vector.identity);
        Bytes all(vector.plaintext.size() + 1);
        EXPECT_EQ(reader->readAt(0, all).value(), vector.plaintext.size());
        all.pop_back();
        EXPECT_TRUE(all == vector.plaintext);
    }
}

} // namespace
} // namespace ssprotect::container
