"""What the words of other tools' reports mean: catalog/reported_indicators.yaml, and how a header is looked up."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field

from xiaoer.base.catalog import Catalog, Declared

Unit = Literal["count", "ratio", "yuan", "share", "seconds", "minutes", "hours", "clock"]
FILE = "reported_indicators.yaml"
_ARROW = re.compile(r"[-—–－]*[>→＞➔]")
_UNIT = re.compile(r"\((秒|s|分|分钟|min|小时|时|h|元|人|次|条|个|件|笔|天|%|(?:元|件)/(?:人|件))\)$")
_UNITS: Mapping[str, Unit] = {
    "秒": "seconds", "s": "seconds", "分": "minutes", "分钟": "minutes", "min": "minutes", "小时": "hours",
    "时": "hours", "h": "hours", "元": "yuan", "%": "share",
}  # fmt: skip


class Indicator(Declared):
    """One meaning: the headers that have it, our metric, the unit of plain numbers, and how rows make the total."""

    headers: tuple[str, ...]
    metric: str | None = None  # null: none of ours is the same
    unit: Unit
    total: Literal["sum", "none"] | None = None  # null: counts and yuan add up, others do not
    several: bool = False  # a report has several columns of it, which make one whole: hours of the day
    weight: str | None = None  # the indicator that a mean over people is weighted by, roughly
    policy: Literal["order", "payment", "order_first"] | None = None

    @property
    def adds_up(self) -> bool:
        """Tell whether the total is the sum of the agents."""
        return self.total == "sum" if self.total else self.unit in ("count", "yuan")


class Identity(Declared):
    """What holds between the indicators of a row: `of` is a sum, a sum ÷ `over`, or no more than `at_most`."""

    of: str
    adds: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    over: str | None = None
    at_most: str | None = None
    group: str | None = None  # of several of one group, one that holds is enough


class RowWords(Declared):
    """The words that a row is a sum, a mean or the peers' by."""

    total: frozenset[str]
    mean: frozenset[str]
    peers: frozenset[str]
    wider: frozenset[str]  # sums over more people than the report shows: not held against its rows


class ReportWords(Declared):
    """The vocabulary that all reports share."""

    person: tuple[str, ...]
    day: tuple[str, ...]
    shop: tuple[str, ...]
    described: tuple[str, ...]
    rows: RowWords
    empty: frozenset[str]
    pending: frozenset[str]
    policies: dict[str, Literal["order", "payment", "order_first"]]
    indicators: dict[str, Indicator]
    identities: tuple[Identity, ...] = Field(default=())

    @cached_property
    def by_header(self) -> Mapping[str, str]:
        """The indicator's name by header, as headers are compared."""
        return {header_key(header): name for name, each in self.indicators.items() for header in each.headers}


@dataclass(frozen=True)
class Meant:
    """What a header means: the indicator's name, a unit that the header itself says, a policy that it names.

    `by_end`: the end that is known of a header of several rows, where the whole is not.
    """

    name: str
    unit: Unit | None = None
    policy: str | None = None
    by_end: str | None = None


@lru_cache(maxsize=8)
def report_words(catalog: Catalog) -> ReportWords:
    """Return the catalog's words of reports; a ReportableError lists what is wrong in them."""
    return catalog.load_one(FILE, ReportWords)


@lru_cache(maxsize=8)
def words_known(catalog: Catalog) -> frozenset[str]:
    """Return every header that reports may have, each in the ways it is written."""
    words = report_words(catalog)
    names = {*words.person, *words.day, *words.shop, *words.described}
    return frozenset({header_key(name) for name in names} | set(words.by_header))


@lru_cache(maxsize=65_536)
def header_key(header: str) -> str:
    """Return the header as it is compared: half-width, without blanks, arrows as "->", in small letters."""
    text = "".join(unicodedata.normalize("NFKC", header).replace("\ufeff", "").split())
    return _ARROW.sub("->", text).lower()


def meaning(header: str, words: ReportWords, own: Mapping[str, str]) -> Meant | None:
    """Return what the header means; `own` are the platform's meanings by header key and come first."""
    key, policy = _without_policy(header_key(header), words)
    parts = key.split("/")
    for first in range(len(parts)):
        end = "/".join(parts[first:])
        for text in (end, _UNIT.sub("", end)):
            name = own.get(text) or words.by_header.get(text)
            if name in words.indicators:
                unit = _UNIT.search(end)
                return Meant(name, _UNITS.get(unit[1]) if unit else None, policy, text if first else None)
    return None


def is_known(header: str, words: ReportWords) -> bool:
    """Tell whether the header is a word of reports."""
    return meaning(header, words, {}) is not None


def _without_policy(key: str, words: ReportWords) -> tuple[str, str | None]:
    for word, policy in words.policies.items():
        if word in key and key != word:
            bare = key.replace(f"({word})", "").replace(word, "").strip("-_:·()")
            return bare or key, policy
    return key, None
