#pragma once

#include "support/individual.h"

#include <gtest/gtest.h>

namespace ssprotect::kodiac {

/// The person at another host, with the password alone.
inline test::Individual arrived(const test::Individual& person) {
    test::Individual away = person.onAnotherHost();
    EXPECT_TRUE(away.login().ok());
    return away;
}

/// As a host asks that has no second factor yet.
template <class Op>
Result<typename Op::Response> askWithoutCode(test::Individual& person, const typename Op::Request& request = {}) {
    return test::Individual::answerOf<Op>(person.send(person.callWithoutCode<Op>(request)));
}

} // namespace ssprotect::kodiac
