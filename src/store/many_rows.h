#pragma once

#include <string>
#include <string_view>

namespace ssprotect::store {

/// `VALUES ($m, …, $n)`, which `sql` holds once, for `count` rows of `width` parameters: the numbers go on counting.
std::string forManyRows(std::string_view sql, std::size_t width, std::size_t count);

} // namespace ssprotect::store
