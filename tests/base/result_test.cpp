#include "ssprotect/base/result.h"

#include <memory>

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0)
        return makeError(ErrorCode::invalidInput, "the number is odd");
    return number / 2;
}

TEST(Result, IsAValueOrAnError) {
    const auto good = half(4);
    ASSERT_TRUE(good);
    EXPECT_TRUE(good.ok());
    EXPECT_EQ(*good, 2);
    EXPECT_EQ(good.value(), 2);
    const auto bad = half(3);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, ErrorCode::invalidInput);
    EXPECT_EQ(bad.error().message, "the number is odd");
}

TEST(Result, MovesItsValueOut) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    EXPECT_EQ(*result->get(), 7);
    const std::unique_ptr<int> owned = std::move(result).value();
    EXPECT_EQ(*owned, 7);
}

TEST(Status, IsOkUnlessThereIsAnError) {
    EXPECT_TRUE(Status());
    const Status failed = makeError(ErrorCode::diskFull, "the disk is full");
    EXPECT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::diskFull);
}

TEST(ResultDeathTest, ReadingTheSideThatIsNotThereEndsTheProcess) {
    EXPECT_DEATH(static_cast<void>(half(3).value()), "");
    EXPECT_DEATH(static_cast<void>(half(4).error()), "");
    EXPECT_DEATH(static_cast<void>(Status().error()), "");
}

} // namespace
} // namespace ssprotect
