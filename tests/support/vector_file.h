#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/json.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace ssprotect::test {

/// A test over one file of published vectors in the folder that the environment variable SSPROTECT_VECTORS names.
/// Where it is unset the test is skipped and says so; a file that is missing there fails it.
class VectorFile : public testing::Test {
protected:
    explicit VectorFile(std::string name);
    ~VectorFile() override;
    void SetUp() override;

    const Json& json() const { return *json_; }

    /// The bytes of a field of hex text; a missing field ends the test program.
    static Bytes bytesOf(const Json& object, const char* field);
    static std::string textOf(const Json& object, const char* field);

private:
    std::string name_;
    std::unique_ptr<Json> json_;
};

} // namespace ssprotect::test
