"""The contacts that count for nobody, each with the reason why it was filtered."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.base.settings import ShopSettings
from xiaoer.base.steps import Step
from xiaoer.metrics import Request

COLUMNS = {
    "shop": Kind.TEXT,
    "day": Kind.DAY,
    "start_at": Kind.INSTANT,
    "agent": Kind.TEXT,
    "buyer": Kind.TEXT,
    "reason": Kind.TEXT,
    "buyer_messages": Kind.COUNT,
    "agent_messages": Kind.COUNT,
}


@dataclass(frozen=True)
class FilteredAsk:
    """Whose filtered contacts, of which days."""

    first: str
    last: str
    shop: str | None = None
    snapshot: int | None = None


def filtered(home: Path, ask: FilteredAsk, language: Language) -> Page:
    """Return the filtered contacts of the days as a page; a ReportableError when the shop or a day can not be read."""
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        request = Request(period, (), by=(), shop=data.shop, settings=data.settings)
        with data.session(request) as engine:
            found = engine.query([contacts_filtered(period)]).to_pylist()
        rows = [_plain(row, data.snapshot.settings_of(str(row["shop"]))) for row in found]
        counts: dict[str, int] = {}
        for row in rows:
            counts[str(row["reason"])] = counts.get(str(row["reason"]), 0) + 1
        said = word("period", language, first=period.first, last=period.last)
        return Page(
            name="filtered",
            title=f"{word('filtered_title', language, number=f'{len(rows):,}')} · {' + '.join(data.shops)} · {said}",
            columns=tuple(Column(name, word(f"row_{name}", language), kind) for name, kind in COLUMNS.items()),
            rows=tuple(_cells(row, language) for row in rows),
            language=language,
            data={
                "rows": [{name: _json(value) for name, value in row.items()} for row in rows],
                "reasons": dict(sorted(counts.items())),
                "meta": {"shop": data.shop, "from": ask.first, "to": ask.last, "snapshot": data.snapshot.seq},
            },
            notes=tuple(f"{word(f'reason_{name}', language)} {number:,}" for name, number in sorted(counts.items())),
        )  # fmt: skip


def contacts_filtered(period: Period) -> Step:
    """Return the step that lists them in a total order."""
    return Step(
        "filtered",
        "SELECT shop, day, start_at, agent, buyer, filter_reason AS reason, buyer_messages, agent_messages "
        f"FROM contact WHERE filter_reason IS NOT NULL AND day BETWEEN DATE '{period.first}' AND DATE '{period.last}' "
        "ORDER BY shop ASC NULLS LAST, day ASC NULLS LAST, start_at ASC NULLS LAST, agent ASC NULLS LAST, "
        "buyer ASC NULLS LAST",
    )


def _plain(row: dict[str, object], settings: ShopSettings) -> dict[str, object]:
    micros = row["start_at"]
    assert micros is None or isinstance(micros, int)
    return {**row, "start_at": in_zone(micros, settings)}


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _cells(row: dict[str, object], language: Language) -> tuple[Cell, ...]:
    cells = []
    for name, kind in COLUMNS.items():
        value = row[name]
        text = word(f"reason_{value}", language) if name == "reason" else cell_text(kind, value, language)  # type: ignore[arg-type]  # the step's columns have no types
        cells.append(Cell(value if name != "reason" else text, text))  # type: ignore[arg-type]
    return tuple(cells)
