#include "postgres_value.h"

#include <limits>

namespace ssprotect::store {
namespace {

// src/include/catalog/pg_type.dat of PostgreSQL: numbers that never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kName = 19;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kUnknown = 705;
constexpr Oid kByteaArray = 1001;
constexpr Oid kTextArray = 1009;
constexpr Oid kInt8Array = 1016;
constexpr Oid kVarchar = 1043;
constexpr Oid kNumeric = 1700;

std::optional<std::int64_t> integerOf(ByteView content) {
    switch (content.size()) {
    case 2:
        return static_cast<std::int16_t>(loadBigEndian<std::uint16_t>(content));
    case 4:
        return static_cast<std::int32_t>(loadBigEndian<std::uint32_t>(content));
    case 8:
        return static_cast<std::int64_t>(loadBigEndian<std::uint64_t>(content));
    default:
        return std::nullopt;
    }
}

/// A sum of 64-bit numbers comes as NUMERIC: how many digits, the weight of the first, sign and scale of 2 bytes each,
/// then the digits to the base of 10,000. Only whole numbers of 64 bits are ours.
std::optional<std::int64_t> wholeNumberOf(ByteView content) {
    constexpr std::size_t kHead = 8;
    constexpr std::uint16_t kPositive = 0;
    constexpr std::uint16_t kNegative = 0x4000;
    if (content.size() < kHead)
        return std::nullopt;
    const auto digits = loadBigEndian<std::uint16_t>(content);
    const auto weight = static_cast<std::int16_t>(loadBigEndian<std::uint16_t>(content.subspan(2)));
    const auto sign = loadBigEndian<std::uint16_t>(content.subspan(4));
    if (content.size() != kHead + 2u * digits || digits > weight + 1 || (sign != kPositive && sign != kNegative))
        return std::nullopt;
    std::int64_t number = 0;
    for (int place = 0; place <= (digits == 0 ? -1 : weight); ++place) {
        const auto at = kHead + 2u * static_cast<std::size_t>(place);
        const std::int64_t digit = place < digits ? loadBigEndian<std::uint16_t>(content.subspan(at, 2)) : 0;
        // Downwards, since the least number has no positive counterpart.
        if (__builtin_mul_overflow(number, std::int64_t{10'000}, &number) ||
            __builtin_sub_overflow(number, digit, &number))
            return std::nullopt;
    }
    if (sign == kNegative)
        return number;
    return number == std::numeric_limits<std::int64_t>::min() ? std::nullopt : std::optional(-number);
}

void appendInt32(Bytes& to, std::size_t number) {
    std::array<Byte, sizeof(std::uint32_t)> bytes;
    storeBigEndian(static_cast<std::uint32_t>(number), bytes);
    append(to, bytes);
}

/// Behind its length; no length is NULL's.
void appendElement(Bytes& to, const Value::Content& content) {
    constexpr std::uint32_t kNull = 0xFFFFFFFF;
    if (const auto* number = std::get_if<std::int64_t>(&content)) {
        std::array<Byte, sizeof(std::int64_t)> bytes;
        storeBigEndian(static_cast<std::uint64_t>(*number), bytes);
        appendInt32(to, bytes.size());
        append(to, bytes);
    } else if (const auto* text = std::get_if<std::string_view>(&content)) {
        appendInt32(to, text->size());
        append(to, viewOf(*text));
    } else if (const auto* bytes = std::get_if<ByteView>(&content)) {
        appendInt32(to, bytes->size());
        append(to, *bytes);
    } else {
        appendInt32(to, kNull);
    }
}

Result<Row::Column> numberColumn(const std::optional<std::int64_t>& number) {
    if (!number)
        return makeError(ErrorCode::internal, "a number of the database is no whole number of 64 bits");
    return Row::Column(*number);
}

} // namespace

PostgresParameters::PostgresParameters(std::span<const Value> values) : numbers_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& content = values[i].content();
        addType(values[i].type());
        if (const auto* number = std::get_if<std::int64_t>(&content)) {
            storeBigEndian(static_cast<std::uint64_t>(*number), numbers_[i]);
            add(numbers_[i].data(), numbers_[i].size());
        } else if (const auto* text = std::get_if<std::string_view>(&content)) {
            add(text->data(), text->size());
        } else if (const auto* bytes = std::get_if<ByteView>(&content)) {
            add(bytes->data(), bytes->size());
        } else {
            add(nullptr, 0);
            values_.back() = nullptr;
        }
    }
}

// One dimension, perhaps with NULLs, the type, the size, and the index of the first.
void PostgresParameters::addColumns(const ValueRows& rows, std::size_t first, std::size_t count) {
    struct Kind {
        Oid element;
        Oid array;
        char letter;
    };
    constexpr std::array<Kind, 4> kKinds{{{}, // no column is of no type
                                          {kInt8, kInt8Array, 'I'},
                                          {kText, kTextArray, 'T'},
                                          {kBytea, kByteaArray, 'B'}}};
    const auto some = rows.slice(first, count);
    for (std::size_t column = 0; column < rows.width(); ++column) {
        const Kind& kind = kKinds.at(static_cast<std::size_t>(rows.typeOf(column)));
        Bytes& array = arrays_.emplace_back();
        for (const std::size_t number :
             {std::size_t{1}, std::size_t{1}, std::size_t{kind.element}, count, std::size_t{1}})
            appendInt32(array, number);
        for (std::size_t row = 0; row < count; ++row)
            appendElement(array, some[row * rows.width() + column].content());
        types_.push_back(kind.array);
        signature_ += kind.letter;
        add(array.data(), array.size());
    }
}

void PostgresParameters::addType(Value::Type type) {
    constexpr std::array<Oid, 4> kTypes{0, kInt8, kText, kBytea};
    constexpr std::string_view kLetters = "0itb";
    types_.push_back(kTypes.at(static_cast<std::size_t>(type)));
    signature_ += kLetters.at(static_cast<std::size_t>(type));
}

void PostgresParameters::add(const void* value, std::size_t length) {
    values_.push_back(value != nullptr ? static_cast<const char*>(value) : ""); // a null pointer would be NULL
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(1);
}

Result<Row::Column> postgresColumn(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column) != 0)
        return Row::Column(std::monostate{});
    const auto* start = reinterpret_cast<const Byte*>(PQgetvalue(result, row, column));
    const ByteView content(start, static_cast<std::size_t>(PQgetlength(result, row, column)));
    switch (PQftype(result, column)) {
    case kInt8:
    case kInt4:
    case kInt2:
        return numberColumn(integerOf(content));
    case kNumeric:
        return numberColumn(wholeNumberOf(content));
    case kBool:
        return Row::Column(std::int64_t{content.empty() || content.front() == 0 ? 0 : 1});
    case kText:
    case kVarchar:
    case kName:
    case kUnknown:
        return Row::Column(std::string(textOf(content)));
    case kBytea:
        return Row::Column(copyOf(content));
    default:
        return makeError(ErrorCode::internal, "a statement gives a column of a type that is not used here");
    }
}

} // namespace ssprotect::store
