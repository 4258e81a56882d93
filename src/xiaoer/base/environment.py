"""The only file that reads the environment: data folder, language, the site's database and addresses, the user."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from xiaoer.base.errors import ReportableError

if TYPE_CHECKING:  # the texts of messages cost a quarter of a second, and --help needs none
    from xiaoer.base.language import Language

HOME = "XIAOER_HOME"
LANG = "XIAOER_LANG"
DATABASE = "DATABASE_URL"
ADDRESSES = "XIAOER_SITE_URL"
_LANGUAGES: dict[str, "Language"] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True)
class Environment:
    """What the environment chose; without any variable there is a default for each."""

    home: Path
    language: "Language"
    chose_home: bool


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Return the data folder and the language; a ReportableError says which variable has a value that can not be used.

    An empty variable counts as unset. The data folder need not exist yet, but must not be a file.
    """
    found = os.environ if variables is None else variables
    home = found.get(HOME, "").strip()
    return Environment(_home(home), _language(found.get(LANG, "").strip()), chose_home=bool(home))


def _home(value: str) -> Path:
    if not value:
        return Path.home() / ".xiaoer"
    home = Path(value).expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise ReportableError.of("environment.home_is_a_file", values={"name": HOME, "found": value})
    return home


def _language(value: str) -> "Language":
    if not value:
        return "zh"
    language = _LANGUAGES.get(value.lower().replace("-", "_").split("_")[0])
    if language is None:
        raise ReportableError.of("environment.unknown_language", values={"name": LANG, "found": value[:40]})
    return language


@dataclass(frozen=True)
class SiteEnvironment:
    """What the environment chose for the site: its database (None: SQLite in the data folder), its addresses."""

    database_url: str | None
    addresses: tuple[str, ...]


def read_site_environment(variables: Mapping[str, str] | None = None) -> SiteEnvironment:
    """Return the site's database and addresses; a ReportableError names the variable with a value of no use."""
    found = os.environ if variables is None else variables
    asked = [part.strip().rstrip("/") for part in found.get(ADDRESSES, "").split(",") if part.strip()]
    for address in asked:
        parts = _parts(address)
        if parts is None or parts.scheme not in ("http", "https") or parts.path or parts.query or not parts.hostname:
            raise ReportableError.of("environment.bad_address", values={"name": ADDRESSES, "found": address[:60]})
    return SiteEnvironment(found.get(DATABASE, "").strip() or None, tuple(asked))


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        assert parts.port is None or parts.port
    except (ValueError, AssertionError):
        return None
    return parts


def user_name() -> str | None:
    """Return the name of the user who runs the program; None where the computer does not tell."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a container without a user list
        return None
