"""Causes of disagreement, as catalog/causes.yaml declares them, each with the values that it may have."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from xiaoer.base.catalog import Catalog, Declared, Words
from xiaoer.base.days import Period
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import check_setting

FILE = "causes.yaml"
VALUE = "{value}"


class PutTogether(StrEnum):
    """How figures of days or people become one."""

    MEAN_OF_DAYS = "mean_of_days"
    MEAN_OF_AGENTS = "mean_of_agents"
    AS_A_WHOLE = "as_a_whole"  # the row of means is Σ ÷ Σ
    OF_THE_SHOP = "of_the_shop"  # the row of totals counts the whole shop, each buyer once


class Buyers(StrEnum):
    """How distinct buyers are counted over several days."""

    ONCE = "once"
    PER_DAY = "per_day"


class Without(StrEnum):
    """Which days a report leaves out, beside a day of its period."""

    DAY = "day"
    AFTER = "after"
    BEFORE = "before"


class Change(Declared):
    """What a cause changes. `instead` gives for a metric another one, or `a / b`, `a - b` of two others."""

    settings: dict[str, str] = {}
    policy: str | None = None
    known_days: str | None = None  # only what was known so many days after the last day
    uncorrected: bool = False
    automatic_replies: bool = False
    instead: dict[str, str] = {}
    put_together: PutTogether | None = None
    buyers: Buyers | None = None
    without: Without | None = None

    def having(self, value: str) -> "Change":
        """Return the change with one of its values put in."""
        said = {name: text.replace(VALUE, value) for name, text in self.settings.items()}
        policy = self.policy and self.policy.replace(VALUE, value)
        known = self.known_days and self.known_days.replace(VALUE, value)
        return self.model_copy(update={"settings": said, "policy": policy, "known_days": known})


class Cause(Declared):
    """One cause: what it is called, why figures differ by it, the values to try and what it changes.

    Causes that leave out days take each day of the period as their value.
    """

    name: str
    label: Words
    why: Words
    values: dict[str, Words] = {}
    change: Change
    touches: str = Field(default="", pattern="^(all)?$")

    @model_validator(mode="after")
    def _values_where_needed(self) -> Self:
        texts = [*self.change.settings.values(), self.change.policy or "", self.change.known_days or ""]
        if any(VALUE in text for text in texts) != bool(self.values):
            raise ValueError("{value} and values belong together")
        return self


class _CauseFile(Declared):
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Variant:
    """A cause with one of its values; `place` is its place in the written order, which decides between equals."""

    cause: str
    value: str
    place: int
    label: Words = field(compare=False)
    why: Words = field(compare=False)
    change: Change = field(compare=False)
    all_metrics: bool = False

    @property
    def name(self) -> str:
        """Return the cause and its value as one name."""
        return f"{self.cause}={self.value}" if self.value else self.cause

    @property
    def day(self) -> date:
        """Return the day that a cause about missing days is about."""
        return date.fromisoformat(self.value)


def load_causes(catalog: Catalog) -> tuple[Cause, ...]:
    """Return the causes in their written order; a ReportableError lists what is wrong with the file."""
    return catalog.load_one(FILE, _CauseFile).causes


def variants_of(causes: Collection[Cause], period: Period) -> tuple[Variant, ...]:
    """Return every cause with every value, in the written order."""
    made = ((cause, value, words) for cause in causes for value, words in _values(cause, period))
    return tuple(
        Variant(
            cause.name, value, place, _with(cause.label, words), _with(cause.why, words), cause.change.having(value),
            cause.touches == "all",
        )
        for place, (cause, value, words) in enumerate(made)
    )  # fmt: skip


def _values(cause: Cause, period: Period) -> Iterator[tuple[str, Words]]:
    if cause.change.without is not None:
        for day in period.days():
            yield str(day), Words(zh=str(day), en=str(day))
    elif cause.values:
        yield from cause.values.items()
    else:
        yield "", Words(zh="", en="")


def _with(text: Words, value: Words) -> Words:
    return Words(zh=text.zh.replace(VALUE, value.zh), en=text.en.replace(VALUE, value.en))


def go_together(one: Variant, other: Variant) -> bool:
    """Return whether both can be so at once: they change no thing twice."""
    mine, theirs = one.change, other.change
    single = ("policy", "known_days", "put_together", "buyers")
    return (
        one.cause != other.cause
        and not set(mine.settings) & set(theirs.settings)
        and not set(mine.instead) & set(theirs.instead)
        and not any(getattr(mine, name) and getattr(theirs, name) for name in single)
    )


def cause_issues(causes: Collection[Cause], metrics: Mapping[str, object]) -> list[Issue]:
    """Return what the causes name that does not exist: metrics; unknown settings are a ReportableError."""
    issues = []
    for cause in causes:
        named = {name for name in cause.change.instead} | {
            part for formula in cause.change.instead.values() for part in formula.replace("/", "-").split(" - ")
        }
        for name in sorted(part.strip() for part in named if part.strip() not in metrics):
            near = ", ".join(near_names(name, metrics)) or "–"
            place = Place(FILE, column=cause.name)
            issues.append(Issue("metrics.unknown_metric", Severity.ERROR, place, {"name": name, "near": near}))
        for value in cause.values or [""]:
            for name, text in cause.change.having(value).settings.items():
                check_setting(name, text)
    return issues
