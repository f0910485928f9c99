#pragma once

#include "reader.h"
#include "text.h"
#include "writer.h"

/// The definitions of `encode` and `decode`; the sources that include this instantiate them for their messages.
namespace ssprotect::kodiac {

template <class Message> Reply encode(const Message& message) {
    Reply reply;
    wire::Writer::write(message, reply.body, reply.secrets);
    return reply;
}

template <class Message> Result<Message> decode(std::string_view body, std::vector<crypto::SecretBytes> secrets) {
    Json object;
    std::size_t members = 0;
    if (auto parsed = wire::parseBody(body, object, members); !parsed)
        return std::move(parsed).error();

    wire::Reading reading;
    reading.secrets = std::move(secrets);
    Message message;
    wire::Reader reader(object, reading);
    describe(reader, message);
    reader.finish();
    if (reading.members != members)
        reading.fail("a field is there twice");
    if (reading.secretsTaken != reading.secrets.size())
        reading.fail("there are more secrets than belong to the message");
    if (reading.error)
        return std::move(*reading.error);
    return message;
}

} // namespace ssprotect::kodiac
