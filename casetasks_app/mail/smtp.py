"""One connection to the SMTP server: the only door to it, and the only place that knows aiosmtplib."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import aiosmtplib
from aiosmtplib import SMTP

from casetasks_app.mail.headers import host_of
from casetasks_app.mail.letter import Letter
from casetasks_app.settings import LOOPBACK, Settings

MAILS_PER_CONNECTION = 100
IDLE_SECONDS = 30.0
_FAILURES = (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)
_CLOSING = 421
_PERMANENT = 500


class Verdict(StrEnum):
    """What became of one try."""

    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    """Not now: the same mail again later."""
    REFUSED = "refused"
    """Not ever: this recipient or this mail."""
    CHANNEL = "channel"
    """No mail can leave this way; none of them is to blame."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The server's answer to one mail: the code, if there was one, and its words."""

    verdict: Verdict
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait for the server: a short end of DATA turns a slow server into duplicates (RFC 5321, 4.5.3.2.6)."""

    connect: float = 10.0
    command: float = 60.0
    data: float = 600.0


class Unsafe(Exception):
    """What was asked for would show the password to everybody on the way."""


class Connection:
    """One connection, opened at the first mail and used for up to a hundred."""

    def __init__(self, config: Settings, patience: Patience) -> None:
        """Take where to connect to; nothing is opened yet."""
        self._config = config
        self._patience = patience
        self._client: SMTP | None = None
        self._sent = 0
        self._used_at = 0.0

    async def deliver(self, letter: Letter) -> Answer:
        """Try to hand one letter over; whatever goes wrong becomes part of the answer."""
        is_reused = self._client is not None and self._client.is_connected
        answer = await self._try(letter)
        if is_reused and answer.verdict is Verdict.CHANNEL:
            # The server closed an idle connection: that says nothing about whether a new one works.
            answer = await self._try(letter)
        self._used_at = asyncio.get_running_loop().time()
        return answer

    async def close(self, *, only_idle: bool = False) -> None:
        """Say goodbye; whatever the server makes of it. With `only_idle` a connection in use a moment ago stays."""
        if only_idle and asyncio.get_running_loop().time() - self._used_at < IDLE_SECONDS:
            return
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            with suppress(*_FAILURES):
                await client.quit(timeout=self._patience.connect)
        if client is not None:
            client.close()

    async def _try(self, letter: Letter) -> Answer:
        try:
            client = await self._ready()
            await client.mail(letter.sender, timeout=self._patience.command)
        except (*_FAILURES, Unsafe) as error:
            self._discard()
            return self._at_the_door(error)
        try:
            await client.rcpt(letter.recipient, timeout=self._patience.command)
            response = await client.data(letter.content, timeout=self._patience.data)
        except aiosmtplib.SMTPResponseException as error:
            await self._reset(client, error.code)
            return Answer(Verdict.REFUSED if error.code >= _PERMANENT else Verdict.PUT_OFF, error.code, _words(error))
        except _FAILURES as error:
            self._discard()
            return Answer(Verdict.PUT_OFF, None, _words(error))
        self._sent += 1
        return Answer(Verdict.ACCEPTED, response.code, response.message)

    def _at_the_door(self, error: Exception) -> Answer:
        code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
        is_mail_put_off = isinstance(error, aiosmtplib.SMTPSenderRefused) and error.code < _PERMANENT and error.code != _CLOSING
        return Answer(Verdict.PUT_OFF if is_mail_put_off else Verdict.CHANNEL, code, _words(error))

    async def _ready(self) -> SMTP:
        if self._sent >= MAILS_PER_CONNECTION:
            await self.close()
        if self._client is None or not self._client.is_connected:
            self._client, self._sent = None, 0
            self._client = await self._open()
        return self._client

    async def _open(self) -> SMTP:
        config = self._config
        client = SMTP(
            hostname=config.mail_host,
            port=config.mail_port,
            local_hostname=host_of(config.mail_from),
            timeout=self._patience.command,
            use_tls=config.mail_tls == "tls",
            start_tls=False,
            tls_context=None if config.mail_tls == "none" else _trust(config),
        )
        try:
            await client.connect(timeout=self._patience.connect)
            if config.mail_tls == "starttls":
                await client.starttls(timeout=self._patience.connect)
            await self._login(client)
        except BaseException:
            client.close()
            raise
        return client

    async def _login(self, client: SMTP) -> None:
        config = self._config
        if not config.mail_user:
            return
        if config.mail_tls == "none" and config.mail_host not in LOOPBACK:
            msg = "The password is not sent over an unencrypted connection. Set CASETASKS_MAIL_TLS to starttls or tls."
            raise Unsafe(msg)
        await client.login(config.mail_user, config.smtp_password)

    async def _reset(self, client: SMTP, code: int) -> None:
        # A server that closes, or does not even answer RSET, is not worth another mail on this connection.
        try:
            if code == _CLOSING or not client.is_connected:
                self._discard()
                return
            await client.rset(timeout=self._patience.command)
        except _FAILURES:
            self._discard()

    def _discard(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _trust(config: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(config.mail_ca_file) if config.mail_ca_file else None)


def _words(error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"
    return str(error) or type(error).__name__
