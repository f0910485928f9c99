#include "ssprotect/twofactor/hotp.h"

#include "ssprotect/crypto/hash.h"

#include <array>
#include <cstdlib>

namespace ssprotect::twofactor {

std::string hotpCode(ByteView secret, std::uint64_t counter, int digits) {
    if (digits < 6 || digits > 8)
        std::abort();
    std::array<Byte, 8> counterBytes;
    storeBigEndian(counter, counterBytes);
    std::array<Byte, 20> code;
    crypto::hmac(crypto::HashAlgorithm::sha1, secret, {counterBytes}, code);

    // RFC 4226, section 5.3: four bytes from where the last half-byte points, without the sign bit.
    const std::size_t offset = code.back() & 0x0f;
    std::uint32_t number = loadBigEndian<std::uint32_t>(ByteView(code).subspan(offset, 4)) & 0x7fffffff;
    std::string text(static_cast<std::size_t>(digits), '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 10)
        *digit = static_cast<char>('0' + number % 10);
    return text;
}

} // namespace ssprotect::twofactor
