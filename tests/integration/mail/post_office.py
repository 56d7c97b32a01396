"""A real SMTP server on loopback for tests: keeps what it accepts, and misbehaves as asked."""

import asyncio
import contextlib
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "case-tasks", "correct horse"


@dataclass
class Received:
    """One accepted mail: envelope and contents."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)  # pyright: ignore[reportReturnType]


@dataclass
class PostOffice:
    """What arrived, and how to behave: subclasses answer differently."""

    mails: list[Received] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    logins: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def recipient_answer(self, address: str) -> str:  # noqa: ARG002
        return "250 OK"

    def sender_answer(self, address: str) -> str:  # noqa: ARG002
        return "250 OK"

    async def content_answer(self, server: SMTP, mail: Received) -> str:  # noqa: ARG002
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail.message for mail in self.mails if mail.recipient == address]

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.sender_answer(address)

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        self.tries[address] += 1
        answer = self.recipient_answer(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = Received(envelope.mail_from or "", envelope.rcpt_tos[0], bytes(envelope.content or b""))
        answer = await self.content_answer(server, mail)
        if answer.startswith("250"):
            self.mails.append(mail)
        return answer

    def check_login(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any) -> AuthResult:
        self.logins.append(login.login if isinstance(login, LoginPassword) else b"")
        is_right = isinstance(login, LoginPassword) and (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=is_right)


@contextlib.contextmanager
def open_for_business(
    office: PostOffice, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None, **options: Any
) -> Generator[PostOffice]:
    """Serve on loopback, on a free port unless one is given, for as long as the context lasts; `options` are aiosmtpd's."""
    loop = asyncio.new_event_loop()

    def answer() -> SMTP:
        office.connections += 1
        return SMTP(office, authenticator=office.check_login, enable_SMTPUTF8=True, loop=loop, **options)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def opened() -> asyncio.Server:
        return await loop.create_server(answer, host, port, ssl=tls)

    server = asyncio.run_coroutine_threadsafe(opened(), loop).result(10)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    mine = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not mine]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass(frozen=True)
class Certificates:
    """An authority made for one test run, and what it signed for 127.0.0.1."""

    authority: Path
    good: Path
    expired: Path

    def context(self, certificate: Path) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        return context


def certificates(folder: Path) -> Certificates:
    """Make an authority, a good certificate and an expired one, with the machine's openssl."""
    authority = folder / "authority.pem"
    _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority",
             "-keyout", authority.with_suffix(".key"), "-out", authority)  # fmt: skip
    for name in ("good", "expired"):
        path = folder / f"{name}.pem"
        _openssl(
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=127.0.0.1",
            "-keyout",
            path.with_suffix(".key"),
            "-out",
            folder / name,
        )
        (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n", encoding="ascii")
        days = ["-days", "2"] if name == "good" else ["-days", "-1"]
        _openssl("x509", "-req", "-in", folder / name, "-CA", authority, "-CAkey", authority.with_suffix(".key"),
                 "-CAcreateserial", "-extfile", folder / "names", *days, "-out", path)  # fmt: skip
    return Certificates(authority, folder / "good.pem", folder / "expired.pem")


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)
