#pragma once

#include "kodiac/wire/fields.h"
#include "kodiac/wire/words.h"

#include <random>

namespace ssprotect::kodiac {

/// Visits the fields of a message and gives each a value of its own, so that a field that is mixed up shows.
class Filler {
public:
    explicit Filler(unsigned seed) : random_(seed) {}

    template <class T, class... Limits> void field(const char*, T& to, Limits...) { fill(to); }
    void sized(const char*, Bytes& to, std::size_t size) {
        to.resize(size);
        fillBytes(to);
    }
    template <class T> void list(const char*, std::vector<T>& to, std::size_t) {
        to.resize(2);
        for (T& item : to)
            fill(item);
    }
    void secret(crypto::SecretBytes& to, std::size_t size) {
        to = crypto::SecretBytes(size);
        fillBytes(to.bytes());
    }
    void secretBetween(crypto::SecretBytes& to, std::size_t least, std::size_t) { secret(to, least); }
    void secretOrEmpty(crypto::SecretBytes& to, std::size_t size) { secret(to, size); }

private:
    void fill(std::string& to) { to = "text " + std::to_string(random_() % 1000) + " ü \" \\ \n"; }
    void fill(bool& to) { to = random_() % 2 == 0; }
    template <std::integral Integer> void fill(Integer& to) { to = static_cast<Integer>(random_() % 0x7fffffff); }
    void fill(TimePoint& to) { to = fromUnixMillis(static_cast<std::int64_t>(random_())); }
    void fill(Bytes& to) {
        to.resize(1 + random_() % 40);
        fillBytes(to);
    }
    template <std::size_t size> void fill(std::array<Byte, size>& to) { fillBytes(to); }
    template <class Tag> void fill(Id<Tag>& to) {
        std::array<Byte, Id<Tag>::kSize> bytes;
        fillBytes(bytes);
        to = Id<Tag>(bytes);
    }
    void fill(Error& to) { to = makeError(ErrorCode::notFound, "why"); }
    template <class T> void fill(std::optional<T>& to) { fill(to.emplace()); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void fill(Enum& to) { to = wire::Words<Enum>::kAll[random_() % wire::Words<Enum>::kAll.size()]; }
    template <class Record>
    requires std::is_class_v<Record>
    void fill(Record& to) { describe(*this, to); }
    void fillBytes(MutableByteView to) {
        for (Byte& byte : to)
            byte = static_cast<Byte>(random_());
    }

    std::mt19937 random_;
};

template <class Message> Message filled(unsigned seed) {
    Message message;
    Filler filler(seed);
    describe(filler, message);
    return message;
}

} // namespace ssprotect::kodiac
