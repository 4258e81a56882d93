"""Whether a month was fair to all: totals by kinds of people, and figures beside those at the team's load."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.appraise_kept import months_of
from xiaoer.actions.appraise_kept_month import KeptPages, month_in
from xiaoer.actions.appraise_run import shop_of
from xiaoer.actions.appraise_sums import said_value
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.cell_text import NOTHING, cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import ShopData
from xiaoer.actions.wording import word
from xiaoer.appraisal.exact import decimal_of, plain_number
from xiaoer.appraisal.month import days_of_month
from xiaoer.appraisal.what_if import spread_of
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.metrics import Dimension, Request, adjusted_rows, exact_of, place_of, strata_request

EVENING = 18
NEW_WEEKS, LONG_WEEKS = Decimal(4), Decimal(26)
GROUP_COLUMNS = ("kind", "value", "people", "lowest", "middle", "highest")
LOAD_COLUMNS = ("agent", "metric", "raw", "adjusted")
RECEIVED = "received_buyers"
GroupRow = tuple[str, str, int, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class Load:
    """Whom somebody received by day and in the evening."""

    day: int = 0
    evening: int = 0


def fairness(home: Path, month: str, shop: str | None, language: Language) -> Book:
    """Return two pages of a kept month: totals by kinds of people, and figures beside those at the team's load."""
    with shop_of(home, shop) as data:
        opened = month_in(data, months_of(home, data.shop or ""), month, language)
        pages = (_groups_page(opened, _loads(data, opened)), _load_page(opened, data))
    return Book(pages[0].title, pages, language, {page.name: page.data for page in pages})


def _loads(data: ShopData, month: KeptPages) -> dict[str, Load]:
    main = {account: name for name, accounts in month.kept.joined.items() for account in accounts}
    days = Period(*days_of_month(month.kept.month))
    request = Request(days, (RECEIVED,), by=(Dimension.AGENT, Dimension.HOUR), shop=data.shop, settings=data.settings)
    with data.session(request) as engine:
        rows = report_of(data, engine, request).rows
    found: dict[str, Load] = {}
    for row in rows:
        agent, hour, received = row.dimensions["agent"], row.dimensions["hour"], row.figures[RECEIVED]
        if isinstance(agent, str) and isinstance(hour, int) and isinstance(received, int):
            agent = main.get(agent, agent)
            one = found.get(agent, Load())
            late = hour >= EVENING
            found[agent] = Load(one.day + (0 if late else received), one.evening + (received if late else 0))
    return found


def _groups_page(month: KeptPages, loads: Mapping[str, Load]) -> Page:
    language = month.language
    totals = {row["agent"]: Decimal(row["total"]) for row in month.results if row["total"] is not None}
    rows: list[GroupRow] = []
    for kind, by_agent in _kinds(month, totals, loads).items():
        for value in dict.fromkeys(sorted(by_agent.values())):
            spread = spread_of([totals[agent] for agent, one in by_agent.items() if one == value])
            people = sum(one == value for one in by_agent.values())
            if spread is not None:
                rows.append((kind, value, people, spread.lowest, spread.middle, spread.highest))
    return Page(
        name="groups",
        title=word("fairness_title", language, shop=month.kept.shop, month=month.kept.month),
        label=word("fairness_groups", language),
        columns=tuple(
            Column(name, word(f"fairness_{name}", language), kind, fixed=name == "kind")
            for name, kind in zip(GROUP_COLUMNS, (Kind.TEXT, Kind.TEXT, Kind.COUNT, *[Kind.YUAN] * 3), strict=True)
        ),
        rows=tuple(_group_row(row, language) for row in rows),
        language=language,
        data={"groups": [_group_json(row) for row in rows]},
        notes=(word("fairness_note", language),),
    )


def _group_json(row: GroupRow) -> dict[str, object]:
    kind, value, people, *yuan = row
    return {"kind": kind, "value": value, "people": people,
            **dict(zip(GROUP_COLUMNS[3:], (f"{amount:f}" for amount in yuan), strict=True))}  # fmt: skip


def _group_row(row: GroupRow, language: Language) -> tuple[Cell, ...]:
    kind, value, people, *yuan = row
    return (
        Cell(kind, word(f"fairness_{kind}", language)),
        Cell(value, word(value, language) if value.startswith(("tenure_", "shift_", "traffic_")) else value or NOTHING),
        Cell(people, str(people)),
        *(cell_of(Kind.YUAN, amount, language) for amount in yuan),
    )


def _kinds(month: KeptPages, agents: Mapping[str, Decimal], loads: Mapping[str, Load]) -> dict[str, dict[str, str]]:
    """Return by each kind of difference which side of it everybody is on."""
    people = month.kept.inputs.people
    heavy = sorted(agents, key=lambda agent: (_received(loads, agent), agent))
    third = max(1, -(-len(heavy) // 3))
    names = ("traffic_light", "traffic_middle", "traffic_heavy")
    return {
        "role": {agent: people[agent].role for agent in agents},
        "group": {agent: people[agent].group for agent in agents},
        "tenure": {agent: _tenure(people[agent].tenure_weeks) for agent in agents},
        "shift": {agent: _shift(loads.get(agent)) for agent in agents},
        "traffic": {agent: names[min(place // third, 2)] for place, agent in enumerate(heavy)},
    }


def _received(loads: Mapping[str, Load], agent: str) -> int:
    one = loads.get(agent, Load())
    return one.day + one.evening


def _tenure(weeks: Decimal | None) -> str:
    if weeks is None:
        return "tenure_not_known"
    return "tenure_new" if weeks < NEW_WEEKS else "tenure_months" if weeks < LONG_WEEKS else "tenure_long"


def _shift(load: Load | None) -> str:
    if load is None or not load.day + load.evening:
        return "shift_not_known"
    return "shift_evening" if load.evening > load.day else "shift_day"


def _load_page(month: KeptPages, data: ShopData) -> Page:
    language = month.language
    rows = list(_adjusted(month, data))
    return Page(
        name="load",
        title=word("fairness_load_title", language, shop=month.kept.shop, month=month.kept.month),
        label=word("fairness_load", language),
        columns=tuple(Column(name, word(f"load_{name}", language), fixed=name == "agent") for name in LOAD_COLUMNS),
        rows=tuple(
            (Cell(agent, month.shown(agent)), Cell(name, data.metrics[name].label.in_language(language)),
             *(Cell(decimal_of(one), said_value(data.metrics[name].unit, decimal_of(one), language)) for one in pair))
            for agent, name, pair in rows
        ),
        language=language,
        data={"load": [{"agent": agent, "metric": name, **_numbers(pair)}
                       for agent, name, pair in rows]},
        notes=(word("fairness_load_note", language),),
    )  # fmt: skip


def _numbers(pair: Sequence[Fraction]) -> dict[str, str]:
    raw, adjusted = (plain_number(decimal_of(one), places=6) for one in pair)
    return {"raw": raw, "adjusted": adjusted}


def _adjusted(month: KeptPages, data: ShopData) -> Iterator[tuple[str, str, Sequence[Fraction]]]:
    """Yield who, which metric, and its figure as it is and at the team's load, where load can be adjusted for."""
    metrics = tuple(sorted(month.kept.inputs.figures))
    request = Request(Period(*days_of_month(month.kept.month)), metrics, shop=data.shop, policy=month.kept.policy,
                      settings=data.settings)  # fmt: skip
    with data.session(request) as engine:
        rows = report_of(data, engine, request).rows
        strata = report_of(data, engine, strata_request(request, data.metrics)).rows
    for name in metrics:
        metric = data.metrics[name]
        found = adjusted_rows(metric, data.metrics, request=request, rows=rows, strata=strata)
        for row in rows:
            agent, one = row.dimensions["agent"], found[place_of(row)]
            raw = exact_of(metric, row, data.metrics)
            alone = agent not in month.kept.joined  # of joined accounts no single row is the person's
            known = isinstance(agent, str) and agent in month.kept.assigned and alone
            if known and raw is not None and one.unknown is None and one.adjusted is not None:
                yield str(agent), name, (raw, one.adjusted)
