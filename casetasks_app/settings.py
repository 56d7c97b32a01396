"""One frozen Settings, read once from the environment (CASETASKS_…)."""

from functools import cached_property, lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Network = IPv4Network | IPv6Network
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(BaseSettings):
    """Everything an installation can decide; each field is an environment variable `CASETASKS_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="CASETASKS_", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder for the SQLite file, uploaded files and run-time files.")
    database_url: str = Field("", description="SQLAlchemy address; empty means SQLite in the data folder.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on.")
    public_url: str = Field("", description="Address people type, for links and the origin check; empty means http://127.0.0.1:<port>.")
    trusted_proxies: str = Field(
        "", description="Addresses or networks of the reverse proxies in front, comma-separated, whose X-Forwarded-For is believed."
    )
    organisation: str = Field("Example Council", description="Name shown at sign-in and in mails.")
    time_zone: str = Field("Europe/London", description="IANA zone in which dates and times are shown.")
    production: bool = Field(default=False, description="Refuse to start with unsafe settings.")
    run_jobs: bool = Field(default=True, description="Run the jobs (targets, mails, clean-up) inside the web process.")
    db_pool: int = Field(8, ge=1, le=64, description="Database connections and worker threads of one process.")
    session_idle_hours: int = Field(20, ge=1, le=24 * 30, description="Hours without use after which a sign-in ends.")
    session_hours: int = Field(24 * 7, ge=1, le=24 * 90, description="Hours after which a sign-in ends in any case.")
    max_file_mb: int = Field(10, ge=1, le=500, description="Largest file in megabytes.")
    max_files: int = Field(10, ge=1, le=100, description="Most files added at once.")
    strict_plugins: bool = Field(default=False, description="A foreign plugin that fails its check stops the start.")
    mail_host: str = Field("", description="SMTP server; empty keeps mails in the outbox, readable on the Emails page.")
    mail_port: int = Field(587, ge=1, le=65535, description="Port of the SMTP server.")
    mail_tls: Literal["none", "starttls", "tls"] = Field(
        "starttls", description="Encryption towards the SMTP server; starttls is required, not optional."
    )
    mail_user: str = Field("", description="Name for the SMTP login; empty means no login.")
    mail_password: SecretStr = Field(SecretStr(""), description="Password for the SMTP login.")
    mail_password_file: Path | None = Field(None, description="File that holds the SMTP password, instead of the variable.")
    mail_ca_file: Path | None = Field(None, description="Certificates to trust for the SMTP server, instead of the system's.")
    mail_from: str = Field("case-tasks@localhost", description="Sender address of every mail.")
    mail_reply_to: str = Field("", description="Reply address where a mail has no case manager; empty means the sender.")
    mail_connections: int = Field(2, ge=1, le=8, description="SMTP connections used at once.")
    mail_template_dir: Path | None = Field(
        None, description="Folder whose <mail>/subject.txt, body.txt, body.html replace the built-in texts."
    )

    @field_validator("public_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            msg = "must look like https://tasks.example.gov.uk, without a path"
            raise ValueError(msg)
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks_only(cls, value: str) -> str:
        for each in _listed(value):
            ip_network(each, strict=False)
        return value

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Return the reverse proxies that are believed about who is behind them."""
        return tuple(ip_network(each, strict=False) for each in _listed(self.trusted_proxies))

    @property
    def url(self) -> str:
        """Return the address people type, without a slash at the end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def is_https(self) -> bool:
        """Tell whether people reach this installation over TLS."""
        return self.url.startswith("https://")

    @cached_property
    def database(self) -> str:
        """Return the SQLAlchemy address of the database, with its driver."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'casetasks.db'}"
        for plain in ("postgresql://", "postgres://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url.removeprefix(plain)
        return self.database_url

    @property
    def smtp_password(self) -> str:
        """Return the SMTP password from its file or its variable."""
        if self.mail_password_file:
            return self.mail_password_file.read_text(encoding="utf-8").strip()
        return self.mail_password.get_secret_value()

    def problems(self) -> list[str]:
        """Return what makes this configuration unfit for production, one sentence each; empty means fit."""
        host = urlsplit(self.url).hostname or ""
        found: list[str] = []
        if not self.public_url:
            found.append("CASETASKS_PUBLIC_URL is missing: set the address people type, like https://tasks.example.gov.uk.")
        elif not self.is_https and host not in LOOPBACK:
            found.append("CASETASKS_PUBLIC_URL must start with https://, or sign-ins could be read on the way.")
        if any(each.prefixlen == 0 for each in self.proxies):
            found.append("CASETASKS_TRUSTED_PROXIES believes everybody: name the addresses of the reverse proxies alone.")
        if self.mail_host and self.mail_tls == "none" and self.mail_host not in LOOPBACK:
            found.append("CASETASKS_MAIL_TLS is none: mails would leave unencrypted. Set starttls or tls.")
        if self.mail_host and self.mail_from.endswith("@localhost"):
            found.append("CASETASKS_MAIL_FROM is missing: set the sender address of every mail.")
        return found


def _listed(value: str) -> list[str]:
    return [part for each in value.split(",") if (part := each.strip())]


@lru_cache(maxsize=1)
def load() -> Settings:
    """Return the settings of this process, read from the environment at the first call."""
    return Settings()  # pyright: ignore[reportCallIssue]
