"""The only file that reads the environment: data folder, language, the site's places, a model, Spark, the user."""

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from xiaoer.base.data_url import parse_data_url, working_folder
from xiaoer.base.errors import ReportableError

if TYPE_CHECKING:  # the texts of messages cost a quarter of a second, and --help needs none
    from xiaoer.base.language import Language

HOME = "XIAOER_HOME"
CACHE = "XDG_CACHE_HOME"
LANG = "XIAOER_LANG"
DATABASE = "DATABASE_URL"
ADDRESSES = "XIAOER_SITE_URL"
MODEL_ADDRESS, MODEL_KEY = "XIAOER_MODEL_URL", "XIAOER_MODEL_KEY"
MODEL_NAME, MODEL_PRICES = "XIAOER_MODEL_NAME", "XIAOER_MODEL_YUAN"
SPARK = "XIAOER_SPARK"
HERE = ("localhost", "127.0.0.1", "::1")
SPARK_HERE = "local[*]"
MASTER = re.compile(r"local(\[[\d*, ]+\]|-cluster\[[\d, ]+\])?|yarn|spark://\S+|k8s://\S+")
PRICE = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
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
    return Environment(_home(home, found), _language(found.get(LANG, "").strip()), chose_home=bool(home))


def _home(value: str, variables: Mapping[str, str]) -> Path:
    if not value:
        return Path.home() / ".xiaoer"
    home = home_at(value, variables).expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise ReportableError.of("environment.home_is_a_file", values={"name": HOME, "found": value})
    return home


def home_at(value: str, variables: Mapping[str, str] | None = None) -> Path:
    """Return the data folder that a path or a URL names: of a URL, the folder that stands in for it on this machine.

    A ReportableError says when a URL is of no use.
    """
    if "://" not in value:
        return Path(value)
    found = os.environ if variables is None else variables
    return working_folder(parse_data_url(value), Path(found.get(CACHE, "").strip() or Path.home() / ".cache"))


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


@dataclass(frozen=True)
class OutsideModel:
    """An OpenAI-compatible service: address up to …/v1, key, the model's name, yuan for a million tokens in and out."""

    address: str
    key: str = field(repr=False)
    model: str
    yuan_in: Decimal
    yuan_out: Decimal


def read_outside_model(variables: Mapping[str, str] | None = None) -> OutsideModel | None:
    """Return the outside model that was set; None, which is the default, without an address.

    A ReportableError names the variable with a value of no use. Only https, or this computer, may be asked.
    """
    found = os.environ if variables is None else variables
    address = found.get(MODEL_ADDRESS, "").strip().rstrip("/")
    if not address:
        return None
    parts = _parts(address)
    safe = parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE))
    if parts is None or not safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ReportableError.of("environment.bad_model_address", values={"name": MODEL_ADDRESS})
    key, model = found.get(MODEL_KEY, "").strip(), found.get(MODEL_NAME, "").strip()
    if not model:
        raise ReportableError.of("environment.no_model_name", values={"name": MODEL_NAME})
    prices = [part.strip() for part in found.get(MODEL_PRICES, "").split("/")]
    if len(prices) != 2 or not all(PRICE.fullmatch(part) for part in prices):
        raise ReportableError.of("environment.bad_model_prices", values={"name": MODEL_PRICES})
    return OutsideModel(address, key, model, Decimal(prices[0]), Decimal(prices[1]))


def read_spark_master(variables: Mapping[str, str] | None = None) -> str:
    """Return the address of Spark's master, all cores of this computer where none is set.

    A ReportableError names the variable when Spark knows no such form of address.
    """
    found = (os.environ if variables is None else variables).get(SPARK, "").strip() or SPARK_HERE
    if not MASTER.fullmatch(found):
        raise ReportableError.of("environment.bad_spark_master", values={"name": SPARK, "found": found[:60]})
    return found


def user_name() -> str | None:
    """Return the name of the user who runs the program; None where the computer does not tell."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a container without a user list
        return None
