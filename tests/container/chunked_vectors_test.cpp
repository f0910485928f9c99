#include "ssprotect/container/body_reader.h"
#include "ssprotect/container/piece_reader.h"
#include "support/memory_file.h"
#include "support/vector_file.h"

#include <algorithm>
#include <zlib.h>

#include <nlohmann/json.hpp>

namespace ssprotect::container {
namespace {

constexpr std::size_t kLargestVector = 8 << 20;

/// What came out before the first failure, and whether there was one.
struct Outcome {
    Bytes plaintext;
    bool failed = false;
};

struct Vector {
    Bytes key, context, body, sha512;
    std::uint64_t size = 0; ///< of the plaintext, or of its longest valid start
    bool valid = false;
    bool finalChunkValid = false;
    std::string id;
};

struct ChunkedVectors : ssprotect::test::VectorFile {
    ChunkedVectors() : VectorFile("c2sp_chunked_encryption_aes_256_gcm_test.json") {}

    static Bytes inflated(const Bytes& compressed) {
        Bytes bytes(kLargestVector);
        uLongf size = bytes.size();
        EXPECT_EQ(uncompress(bytes.data(), &size, compressed.data(), compressed.size()), Z_OK);
        bytes.resize(size);
        return bytes;
    }

    std::vector<Vector> vectors() const {
        std::vector<Vector> all;
        for (const Json& test : json().at("testGroups").at(0).at("tests")) {
            Vector vector;
            vector.id = "tcId " + test.at("tcId").dump() + ": " + textOf(test, "comment");
            vector.key = bytesOf(test, "key");
            vector.context = bytesOf(test, "ctx");
            vector.body = inflated(bytesOf(test, "ct"));
            vector.size = test.value("msgLength", std::uint64_t{0});
            if (test.contains("msgSha512"))
                vector.sha512 = bytesOf(test, "msgSha512");
            vector.valid = textOf(test, "result") == "valid";
            vector.finalChunkValid =
                std::ranges::find(test.at("flags"), Json("ValidFinalChunk")) != test.at("flags").end();
            all.push_back(std::move(vector));
        }
        return all;
    }

    /// The body lies within a file, as it does behind a header.
    static constexpr std::size_t kOffset = 100;
    static ssprotect::test::MemoryFile fileOf(const Vector& vector) {
        Bytes content(kOffset, 0xee);
        append(content, vector.body);
        return ssprotect::test::MemoryFile(std::move(content));
    }
    static Result<SealedBody> open(ssprotect::test::MemoryFile& file, const Vector& vector) {
        return SealedBody::open(file, kOffset, vector.body.size(), vector.key, vector.context);
    }

    static void check(const Vector& vector, const Outcome& outcome) {
        EXPECT_EQ(outcome.failed, !vector.valid);
        EXPECT_LE(outcome.plaintext.size(), vector.size) << "a byte beyond the valid start was given away";
        if (vector.valid || (vector.size > 0 && outcome.plaintext.size() == vector.size)) {
            EXPECT_EQ(copyOf(crypto::sha512({outcome.plaintext})), vector.sha512);
        }
    }
};

Outcome streamed(const SealedBody& body) {
    Outcome outcome;
    PieceReader reader(body);
    const auto sink = [&](std::uint64_t offset, ByteView plaintext) {
        EXPECT_EQ(offset, outcome.plaintext.size());
        append(outcome.plaintext, plaintext);
        return Status();
    };
    for (std::uint64_t piece = 0; piece < body.pieceCount() && !outcome.failed; ++piece) {
        outcome.failed = !reader.read(piece, sink);
        if (outcome.failed) {
            const Bytes before = outcome.plaintext;
            EXPECT_FALSE(reader.read(piece, [](std::uint64_t, ByteView) { return Status(); }))
                << "it must keep failing";
            EXPECT_EQ(outcome.plaintext, before);
        }
    }
    return outcome;
}

Outcome readInSteps(BodyReader& reader, std::size_t step) {
    Outcome outcome;
    Bytes buffer(step);
    for (;;) {
        const auto got = reader.readAt(outcome.plaintext.size(), buffer);
        if (!got) {
            outcome.failed = true;
            EXPECT_FALSE(reader.readAt(outcome.plaintext.size(), buffer)) << "it must keep failing";
            return outcome;
        }
        if (*got == 0)
            return outcome;
        append(outcome.plaintext, ByteView(buffer).first(*got));
    }
}

TEST_F(ChunkedVectors, AllStreamRight) {
    const auto all = vectors();
    ASSERT_EQ(all.size(), 35u);
    for (const Vector& vector : all) {
        SCOPED_TRACE(vector.id);
        auto file = fileOf(vector);
        const auto body = open(file, vector);
        check(vector, body ? streamed(*body) : Outcome{{}, true});
    }
}

TEST_F(ChunkedVectors, AllReadRightFromAnywhere) {
    for (const Vector& vector : vectors()) {
        SCOPED_TRACE(vector.id);
        auto file = fileOf(vector);
        auto body = open(file, vector);
        if (!body) {
            EXPECT_FALSE(vector.valid);
            EXPECT_TRUE(body.error().code == ErrorCode::dataDamaged || body.error().code == ErrorCode::integrity ||
                        body.error().code == ErrorCode::invalidInput);
            continue;
        }
        const std::uint64_t chunks = body->chunkCount();
        BodyReader reader(std::move(*body));
        Byte last;
        EXPECT_EQ(reader.readAt((chunks - 1) * kChunkSize, {&last, 1}).ok(), vector.valid || vector.finalChunkValid);
        const Outcome steps = readInSteps(reader, 10'000);
        check(vector, steps);
        if (vector.valid && reader.size() > 0) {
            const std::uint64_t middle = reader.size() / 2;
            Bytes tail(reader.size());
            ASSERT_EQ(reader.readAt(middle, tail).value(), reader.size() - middle);
            tail.resize(reader.size() - middle);
            EXPECT_TRUE(std::ranges::equal(tail, ByteView(steps.plaintext).subspan(middle)));
            EXPECT_EQ(reader.readAt(reader.size(), tail).value(), 0u);
        }
    }
}

} // namespace
} // namespace ssprotect::container
