#include "golden.h"
#include "ssprotect/base/encoding.h"

#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

/// Writes the golden containers and golden.json into the folder named. They were made once and stay: run again, it must
/// change nothing.
namespace ssprotect::container::test {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson describe(const Golden& golden, const Sample& sample) {
    const Inputs& inputs = golden.inputs;
    const Identity& identity = inputs.identity;
    const ContainerKeys keys = deriveContainerKeys(inputs.dataKey);
    const IdentityBytes identityBytes = golden.identityBytes();
    return {{"file", golden.file},
            {"plaintext_size", golden.plaintextSize},
            {"extra_header_bytes", golden.extraHeader},
            {"mode", static_cast<int>(identity.mode)},
            {"version", identity.version},
            {"share_epoch", identity.shareEpoch},
            {"organization_key_epoch", identity.keyEpoch},
            {"stored_at_ms", toUnixMillis(identity.storedAt)},
            {"file_id", identity.file.hex()},
            {"organization", identity.organization.hex()},
            {"owner", identity.owner.hex()},
            {"creator", identity.creator.hex()},
            {"S", toHex(golden.root)},
            {"sigma", toHex(golden.fileSalt)},
            {"OCK", toHex(inputs.contentKey)},
            {"DEK", toHex(inputs.dataKey)},
            {"body_salt", toHex(inputs.bodySalt)},
            {"creator_ed25519_private", toHex(inputs.creatorSeed)},
            {"creator_ed25519_public", toHex(inputs.creator().publicKey())},
            {"I", toHex(identityBytes)},
            {"R", toHex(inputs.share)},
            {"KEK", toHex(deriveKeyEncryptionKey(inputs.keys(), identityBytes))},
            {"K_hdr", toHex(keys.header)},
            {"K_body", toHex(keys.body)},
            {"D", toHex(sample.stored.digest)},
            {"signature", toHex(sample.stored.signature)},
            {"container_size", sample.container.size()},
            {"container_sha256", toHex(crypto::sha256({sample.container}))}};
}

int make(const std::filesystem::path& folder) {
    OrderedJson containers = OrderedJson::array();
    for (const Golden& golden : goldens()) {
        const Sample sample = writtenPlainly(golden.inputs, patterned(golden.plaintextSize), golden.extra());
        std::ofstream(folder / golden.file, std::ios::binary) << textOf(sample.container);
        containers.push_back(describe(golden, sample));
    }
    std::ofstream json(folder / "golden.json");
    json << OrderedJson{{"format", 1},
                        {"plaintext", "byte i is (7*i + 13*(i>>8) + 1) mod 256"},
                        {"containers", containers}}
                .dump(2)
         << '\n';
    return json ? 0 : 1;
}

} // namespace
} // namespace ssprotect::container::test

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: make_golden FOLDER\n";
        return 2;
    }
    return ssprotect::container::test::make(argv[1]);
}
