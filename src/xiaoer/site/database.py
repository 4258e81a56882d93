"""The database of what people decide: SQLite in the data folder, or what DATABASE_URL names."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from xiaoer.base.environment import DATABASE
from xiaoer.base.errors import ReportableError
from xiaoer.base.mask import shown_word

POSTGRESQL = frozenset({"postgres", "postgresql"})
WAIT_SECONDS = 20
# A writer never waits for readers, and no transaction begins as a reader that later fails to become a writer.
# What was answered is on the disk: events that were posted are nowhere else.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": WAIT_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database_of(url: str | None, folder: Path) -> dict[str, Any]:
    """Return Django's description of a database; a ReportableError for a kind we do not speak to or have no driver of.

    No part of the address is in the error: it holds a password.
    """
    if url is None:
        return _sqlite(folder / "people.sqlite")
    scheme, *_ = url.partition("://")
    if scheme == "sqlite":
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    if scheme not in POSTGRESQL:
        raise ReportableError.of("site.unknown_database", values={"name": DATABASE, "found": shown_word(scheme)})
    if find_spec("psycopg") is None:
        raise ReportableError.of("site.no_postgresql_driver", values={"name": DATABASE})
    return _postgresql(url)


def _sqlite(file: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": dict(SQLITE)}


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
