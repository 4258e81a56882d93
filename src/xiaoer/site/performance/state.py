"""What the table shows, as its address says it: the same address shows the same table to everybody who may see it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.days import Period
from xiaoer.site.models import Shop
from xiaoer.site.performance.days import ANY, Days, days_of

KEYS = (
    "period", "month", "from", "to", "view", "m", "by", "policy", "compare", "sort", "q", "lost", "account", "shown",
)  # fmt: skip
BEST = "best."  # before a column's name in `sort`
MOST_VALUES = 300
LONGEST = 200


@dataclass(frozen=True)
class State:
    """The days and what else an address says: `given` are its known keys with their values."""

    days: Days
    given: dict[str, list[str]]

    def one(self, key: str) -> str:
        """Return the value of a key; empty for none."""
        return self.given.get(key, [""])[0]

    def every(self, key: str) -> tuple[str, ...]:
        """Return the values of a key, each once."""
        return tuple(dict.fromkeys(self.given.get(key, [])))

    @property
    def month(self) -> str:
        """Return the month of the first day, as addresses write it."""
        return f"{self.days.period.first:%Y-%m}"

    @property
    def ranked(self) -> bool:
        """Return whether the rows are asked for from the best, by what their figures surely reach."""
        return self.one("sort").startswith(BEST)

    def ask(self, shop: Shop) -> ReportAsk:
        """Return the question to the report."""
        return ReportAsk(
            str(self.days.period.first), str(self.days.period.last), shop.name, by=self.every("by") or None,
            metrics=self.every("m"), policy=self.one("policy") or None, view=self.one("view") or None,
            compare=self.every("compare"), sort=self.one("sort").removeprefix(BEST) if self.ranked else None,
        )  # fmt: skip

    def query(self, **changed: str | tuple[str, ...]) -> str:
        """Return the address's question with some keys changed; an empty value takes a key away."""
        values = self.given | {key: [value] if isinstance(value, str) else [*value] for key, value in changed.items()}
        kept = {key: [one for one in each if one] for key, each in values.items()}
        return urlencode({key: each for key, each in kept.items() if each}, doseq=True)

    def hidden(self, *but: str) -> list[tuple[str, str]]:
        """Return what a form must carry along beside its own fields."""
        return [(key, value) for key, each in self.given.items() if key not in but for value in each]


def state_of_days(days: Period, shop: Shop) -> State:
    """Return the state of an address that asks for some days and nothing else."""
    return state_of(QueryDict(urlencode({"period": ANY, "from": days.first, "to": days.last})), shop)


def state_of(asked: QueryDict, shop: Shop) -> State:
    """Return what an address asks for; NoData for a shop without any. A view by name wins over columns one by one."""
    days = days_of(asked, shop)
    read = {key: [one[:LONGEST] for one in asked.getlist(key)[:MOST_VALUES] if one] for key in KEYS}
    given = {key: each for key, each in read.items() if each}
    given.pop("month", None)
    given = {"period": [days.name]} | {key: each for key, each in given.items() if key != "period"}
    if "view" in given:
        given.pop("m", None)
    if days.name != ANY:
        given.pop("from", None)
        given.pop("to", None)
    return State(days, given)
