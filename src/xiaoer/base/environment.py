"""The only file that reads the environment: XIAOER_HOME (the data folder), XIAOER_LANG (the language), the user."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiaoer.base.errors import ReportableError

if TYPE_CHECKING:  # the texts of messages cost a quarter of a second, and --help needs none
    from xiaoer.base.language import Language

HOME = "XIAOER_HOME"
LANG = "XIAOER_LANG"
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


def user_name() -> str | None:
    """Return the name of the user who runs the program; None where the computer does not tell."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a container without a user list
        return None
