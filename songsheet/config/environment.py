"""The machine's settings: read once from the environment, typed, unknown names refused."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class WrongSetting(Exception):
    """A setting of the environment is unknown or cannot be read."""


#: Every setting there is: name → (default in words, what it is for). The README's table is this one.
SETTINGS: dict[str, tuple[str, str]] = {
    "SONGSHEET_HOME": ("~/.songsheet", "data directory: database, files, secret"),
    "DATABASE_URL": ("a PostgreSQL of its own in the data directory", "postgresql://… of yours, 15 or newer"),
    "SONGSHEET_URL": ("http://127.0.0.1:8321", "the address people open; its port is the one served"),
    "SONGSHEET_BIND": (
        "host and port of SONGSHEET_URL",
        "where to listen behind a proxy: 0.0.0.0, or 127.0.0.1:8321",
    ),
    "SONGSHEET_WORKERS": ("one more than cores", "web processes"),
    "SONGSHEET_SECRET": (
        "made once, kept in the data directory",
        "needed when several machines serve one database",
    ),
    "SONGSHEET_MAIL_URL": (
        "mails are written to the data directory",
        "smtp://user:password@host:port, smtps:// for TLS",
    ),
    "SONGSHEET_MAIL_FROM": ("songsheet@ the host of SONGSHEET_URL", "sender of the mails to members"),
    "SONGSHEET_BACKUP_DAYS": ("30", "how long `songsheet backup` keeps backups in the data directory"),
    "SONGSHEET_METRICS_TOKEN": (
        "/metrics and /ready answer this machine alone",
        "opens them elsewhere: Authorization: Bearer …",
    ),
    "SONGSHEET_LOG": (
        "json",
        "json: an object a line; plain: to be read; requests: json, a line a request too",
    ),
    "SONGSHEET_API_RATE": ("12000", "requests a minute that one key may make"),
    "SONGSHEET_FILE_MB": ("25", "how large a file may be that a member attaches"),
    "SONGSHEET_LOCAL_TARGETS": (
        "off",
        "on: webhooks may go to programs on this machine; for development and tests",
    ),
    "SONGSHEET_DEBUG": ("off", "on: pages show tracebacks; for development alone"),
    "SONGSHEET_BROWSER": ("chromium, found or installed", "tests only: a path, or off"),
}


@dataclass(frozen=True)
class Environment:
    """What this machine says; see SETTINGS for the meaning of each."""

    home: Path
    database_url: str | None
    url: str
    bind: str
    port: int
    workers: int
    secret: str
    mail_url: str | None
    mail_from: str
    debug: bool
    api_rate: int
    local_targets: bool
    backup_days: int
    file_mb: int
    metrics_token: str | None
    log: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")


def read(environ: dict[str, str] | None = None) -> Environment:
    """The settings of this process; refuses an unknown name or an unreadable value in one sentence."""
    env = dict(os.environ if environ is None else environ)
    for name in env:
        if name.startswith("SONGSHEET_") and name not in SETTINGS:
            known = ", ".join(SETTINGS)
            raise WrongSetting(f"{name} is not a setting of Songsheet. The settings are {known}.")
    home = Path(env.get("SONGSHEET_HOME") or "~/.songsheet").expanduser().absolute()
    url = (env.get("SONGSHEET_URL") or "http://127.0.0.1:8321").rstrip("/")
    host, port = _address(url)
    bind, bind_port = _bind(env.get("SONGSHEET_BIND") or host, port)
    return Environment(
        home=home,
        database_url=_database(env.get("DATABASE_URL")),
        url=url,
        bind=bind,
        port=bind_port,
        # connections fall to processes by chance: with one more than cores, one alone has seldom most of them
        workers=_positive("SONGSHEET_WORKERS", env.get("SONGSHEET_WORKERS"), (os.cpu_count() or 1) + 1),
        secret=env.get("SONGSHEET_SECRET") or _kept_secret(home),
        mail_url=_mail(env.get("SONGSHEET_MAIL_URL")),
        mail_from=env.get("SONGSHEET_MAIL_FROM") or f"songsheet@{host}",
        debug=_switch("SONGSHEET_DEBUG", env.get("SONGSHEET_DEBUG")),
        api_rate=_rate(env.get("SONGSHEET_API_RATE") or "12000"),
        local_targets=_switch("SONGSHEET_LOCAL_TARGETS", env.get("SONGSHEET_LOCAL_TARGETS")),
        backup_days=_positive("SONGSHEET_BACKUP_DAYS", env.get("SONGSHEET_BACKUP_DAYS"), 30, most=3650),
        file_mb=_positive("SONGSHEET_FILE_MB", env.get("SONGSHEET_FILE_MB"), 25, most=1000),
        metrics_token=env.get("SONGSHEET_METRICS_TOKEN") or None,
        log=_one_of("SONGSHEET_LOG", env.get("SONGSHEET_LOG") or "json", ("json", "plain", "requests")),
    )


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        raise WrongSetting(
            f"SONGSHEET_URL is {url!r}; it must look like https://songsheet.company.example."
        ) from None
    if not parts.hostname or parts.path or parts.query:
        raise WrongSetting(f"SONGSHEET_URL is {url!r}; give scheme, host and port alone.")
    return parts.hostname, port


def _bind(given: str, port: int) -> tuple[str, int]:
    """An interface, or interface:port where a proxy stands in front; IPv6 with a port in brackets."""
    host, colon, own = given.rpartition(":")
    if not colon or (":" in host and not host.startswith("[")):
        return given, port
    if not own.isdigit() or not 1 <= int(own) <= 65_535:
        raise WrongSetting(f"SONGSHEET_BIND is {given!r}; it must look like 0.0.0.0 or 127.0.0.1:8321.")
    return host.strip("[]"), int(own)


def _database(url: str | None) -> str | None:
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise WrongSetting("DATABASE_URL must begin with postgresql://; Songsheet runs on PostgreSQL alone.")
    return url or None


def _mail(url: str | None) -> str | None:
    if url and urlsplit(url).scheme not in ("smtp", "smtps"):
        raise WrongSetting("SONGSHEET_MAIL_URL must begin with smtp:// or smtps://.")
    return url or None


def _positive(name: str, value: str | None, default: int, *, most: int = 256) -> int:
    if not value:
        return default
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise WrongSetting(f"{name} is {value!r}; it must be a number from 1 to {most}.")
    return int(value)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise WrongSetting(f"{name} is {value!r}; it must be one of {', '.join(known)}.")
    return value


def _rate(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 10_000_000:
        raise WrongSetting(f"SONGSHEET_API_RATE is {value!r}; it must be a number of requests a minute.")
    return int(value)


def _switch(name: str, value: str | None) -> bool:
    if value in (None, "", "off", "0"):
        return False
    if value in ("on", "1"):
        return True
    raise WrongSetting(f"{name} is {value!r}; it must be on or off.")


def _kept_secret(home: Path) -> str:
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process of the same home was first: its secret is the one
        finally:
            fresh.unlink()
    return path.read_text().strip()
