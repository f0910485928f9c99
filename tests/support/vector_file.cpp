#include "support/vector_file.h"

#include "support/hex.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

namespace ssprotect::test {

VectorFile::VectorFile(std::string name) : name_(std::move(name)), json_(std::make_unique<Json>()) {}
VectorFile::~VectorFile() = default;

void VectorFile::SetUp() {
    const char* folder = std::getenv("SSPROTECT_VECTORS");
    if (folder == nullptr || *folder == '\0')
        GTEST_SKIP() << "SSPROTECT_VECTORS does not name the folder of test vectors, so " << name_ << " proves nothing";
    std::ifstream file(std::filesystem::path(folder) / name_);
    ASSERT_TRUE(file) << "the folder of test vectors has no " << name_;
    *json_ = Json::parse(file, nullptr, false);
    ASSERT_FALSE(json_->is_discarded()) << name_ << " is no JSON";
}

Bytes VectorFile::bytesOf(const Json& object, const char* field) { return hex(textOf(object, field)); }

std::string VectorFile::textOf(const Json& object, const char* field) { return object.at(field).get<std::string>(); }

} // namespace ssprotect::test
