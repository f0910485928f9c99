#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Statements about many rows, made of the one about a row, which holds `VALUES ($m, …, $n)` once.
namespace ssprotect::store {

/// A statement for more rows hardly costs less for each.
constexpr std::size_t kMostRowsAtOnce = 256;

/// For `count` rows of `width` parameters: the numbers go on counting.
std::string forManyRows(std::string_view sql, std::size_t width, std::size_t count);

/// For as many rows as there are: each of the `width` parameters is an array with the values of one column
/// (PostgreSQL).
std::string forColumns(std::string_view sql, std::size_t width);

} // namespace ssprotect::store
