"""The waits themselves: each with its customer and account, those of a band alone where asked, the longest first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.language import Language
from xiaoer.base.steps import Step
from xiaoer.metrics import Request
from xiaoer.metrics.literal import sql_literal
from xiaoer.metrics.scan import AGENT_PLACE, within
from xiaoer.metrics.waits import SOURCES, Band, Waited, bands_of

COLUMNS = {"day": Kind.DAY, "began": Kind.INSTANT, "buyer": Kind.TEXT, "agent": Kind.TEXT, "waited": Kind.SECONDS}


@dataclass(frozen=True)
class WaitsAsk:
    """Which waits: of a kind, of an account or a group, of one of the bands (by its place), a part of the rows."""

    first: str
    last: str
    shop: str
    waited: Waited = Waited.EACH
    agent: str | None = None
    group: str | None = None
    band: int | None = None
    first_row: int = 0
    rows: int = 50


def longest_waits(home: Path, ask: WaitsAsk, language: Language) -> Page:
    """Return a part of the waits as a page; `data` has how many there are in all."""
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop) as data:
        request = Request(period, (), by=(), shop=data.shop, settings=data.settings)
        bands = bands_of(data.settings.on(period.last))
        band = bands[ask.band] if ask.band is not None and 0 <= ask.band < len(bands) else None
        source = SOURCES[ask.waited]
        chosen = f"{within(period)} AND {source.known} AND agent IS NOT NULL{_only(ask, band)}"
        listed = (
            f"SELECT day, {source.began} AS began, buyer, agent, {source.wait} AS waited FROM {source.relation} "
            f"LEFT JOIN agent_place ON shop = of_shop AND agent = of_agent WHERE {chosen}"
        )
        leaf = (
            "SELECT day, began, buyer, agent, waited FROM listed ORDER BY waited DESC NULLS LAST, "
            f"began ASC NULLS LAST, agent ASC NULLS LAST, buyer ASC NULLS LAST LIMIT {ask.rows} OFFSET {ask.first_row}"
        )
        steps = [AGENT_PLACE, Step("listed", listed)]
        with data.session(request) as engine:
            found = engine.query([*steps, Step("leaf", leaf)]).to_pylist()
            number = int(engine.query([*steps, Step("number", "SELECT COUNT(*) AS n FROM listed")])["n"][0].as_py())
        rows = [
            {**row, "began": in_zone(row["began"], data.settings), "waited": row["waited"] / MICROS_PER_SECOND}
            for row in found
        ]
        shown = data.shown_agents({row["agent"] for row in rows})
        days = word("period", language, first=period.first, last=period.last)
        return Page(
            name="longest_waits",
            title=f"{word(f'waits_{ask.waited.value}', language)} · {' + '.join(data.shops)} · {days}",
            columns=tuple(Column(name, word(f"row_{name}", language), kind) for name, kind in COLUMNS.items()),
            rows=tuple(tuple(_cell(name, row, shown, language) for name in COLUMNS) for row in rows),
            language=language,
            data={"rows": [_json(row) for row in rows], "number": number},
            notes=tuple(data.remarks(language)),
        )


def _only(ask: WaitsAsk, band: Band | None) -> str:
    """Return the predicates of an account, a group and a band."""
    source = SOURCES[ask.waited]
    said = ""
    if ask.agent is not None:
        said += f" AND agent = {sql_literal(ask.agent)}"
    if ask.group is not None:
        said += f" AND group_name = {sql_literal(ask.group)}"
    if band is not None and band.above is not None:
        said += f" AND {source.wait} {'>=' if band.holds_above else '>'} {band.above * MICROS_PER_SECOND}"
    if band is not None and band.upto is not None:
        said += f" AND {source.wait} {'<=' if band.holds_upto else '<'} {band.upto * MICROS_PER_SECOND}"
    return said


def _cell(name: str, row: dict[str, Any], shown: dict[str, str], language: Language) -> Cell:
    value = shown[row["agent"]] if name == "agent" else row[name]
    return cell_of(COLUMNS[name], value, language)


def _json(row: dict[str, Any]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
