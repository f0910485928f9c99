#!/usr/bin/python3
"""A mail server for tests: aiosmtpd with STARTTLS and AUTH, and servers that misbehave.

smtp_server.py FOLDER MODE [--cert FILE --key FILE] [--user NAME --password TEXT]

Listens on a free port of 127.0.0.1, writes its number to FOLDER/port, then says "ready" on stderr. Each mail it takes
becomes FOLDER/N.eml; what happens is a line in FOLDER/events.
"""

import argparse
import asyncio
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

SAYS_TOO_MUCH = "<script>what a server says</script>"


class Office:
    """Keeps what arrives; says yes or no as the mode wants."""

    def __init__(self, options):
        self.options = options
        self.taken = 0
        self.seen = set()
        self.failed_once = False

    def note(self, line):
        with open(os.path.join(self.options.folder, "events"), "a", encoding="utf-8") as events:
            events.write(line + "\n")

    def first_time(self):
        first = not self.failed_once
        self.failed_once = True
        return first

    def keep(self, envelope):
        self.taken += 1
        name = os.path.join(self.options.folder, f"{self.taken}.eml")
        with open(name + ".part", "wb") as mail:
            mail.write(envelope.content)
        os.rename(name + ".part", name)
        self.note(f"mail from {envelope.mail_from} to {','.join(envelope.rcpt_tos)}")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.note(f"hello {hostname} {'tls' if session.ssl else 'plain'}")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.options.mode == "slow":
            await asyncio.sleep(0.2)
        if self.options.mode == "refuse-sender":
            return f"550 {SAYS_TOO_MUCH}"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.options.mode == "refuse-recipient":
            return f"550 {SAYS_TOO_MUCH}"
        if self.options.mode == "greylist" and address not in self.seen:
            self.seen.add(address)
            self.note(f"later {address}")
            return f"451 {SAYS_TOO_MUCH}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mode = self.options.mode
        if mode == "slow":
            await asyncio.sleep(0.5)
        if mode == "refuse-content":
            return f"554 {SAYS_TOO_MUCH}"
        if mode == "hang" and self.first_time():
            self.note("hang")
            await asyncio.sleep(3600)
        self.keep(envelope)
        if mode == "slow-answer":
            self.note("thinking")
            await asyncio.sleep(1)
        if mode == "die-before-answer" and self.first_time():
            self.note("die")
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        office = self.event_handler
        if office.options.mode == "die-in-message" and office.first_time():
            office.note("die")
            await self.push("354 go on")
            await self._reader.read(100)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if self.event_handler.options.mode == "no-goodbye":
            await asyncio.sleep(3600)
        await super().smtp_QUIT(arg)


async def misbehave(office, reader, writer):
    mode = office.options.mode
    office.note("connection")
    try:
        if mode == "busy":
            writer.write(b"421 too busy\r\n")
        elif mode == "closed":
            writer.write(b"554 go away\r\n")
        elif mode == "garbage":
            writer.write(bytes(range(256)) * 64 + b"\r\n")
        elif mode == "flood":
            while True:
                writer.write(b"220-" + b"x" * 65536)
                await writer.drain()
        elif mode == "silent":
            await asyncio.sleep(3600)
        await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


def check_login(office, server, session, envelope, mechanism, data):
    options = office.options
    known = data.login == options.user.encode() and data.password == options.password.encode()
    office.note(f"login {'good' if known else 'bad'}")
    return AuthResult(success=known, handled=known)


def make_server(office, loop):
    options = office.options
    context = None
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
    login = bool(options.user)
    return Server(
        office,
        hostname="mail.example.org",
        tls_context=None if options.tls_at_once else context,
        require_starttls=context is not None and not options.tls_at_once,
        authenticator=lambda *given: check_login(office, *given),
        auth_required=login,
        auth_require_tls=login and not options.tls_at_once,
        loop=loop,
    )


async def serve(options):
    loop = asyncio.get_running_loop()
    office = Office(options)
    if options.mode in ("busy", "closed", "garbage", "flood", "silent"):
        server = await asyncio.start_server(lambda r, w: misbehave(office, r, w), "127.0.0.1", 0)
    else:
        context = None
        if options.tls_at_once:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.cert, options.key)

        def connected():
            office.note("connection")
            return make_server(office, loop)

        server = await loop.create_server(connected, "127.0.0.1", 0, ssl=context)
    with open(os.path.join(options.folder, "port"), "w", encoding="ascii") as port:
        port.write(str(server.sockets[0].getsockname()[1]))
    os.write(2, b"ready\n")
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("mode")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--tls-at-once", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password")
    asyncio.run(serve(parser.parse_args()))


main()
