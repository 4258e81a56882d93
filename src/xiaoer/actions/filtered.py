"""The contacts that count for nobody, each with the reason why it was filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.corrections import correction_json, said
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.corrections import Correction
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
        decided = [_decided_by(row, data.snapshot.corrections) for row in found]
        rows = [_plain(row, data.snapshot.settings_of(str(row["shop"]))) for row in found]
        columns = COLUMNS | ({"correction": Kind.TEXT} if any(decided) else {})
        counts: dict[str, int] = {}
        for row in rows:
            counts[str(row["reason"])] = counts.get(str(row["reason"]), 0) + 1
        days = word("period", language, first=period.first, last=period.last)
        return Page(
            name="filtered",
            title=f"{word('filtered_title', language, number=f'{len(rows):,}')} · {' + '.join(data.shops)} · {days}",
            columns=tuple(Column(name, word(f"row_{name}", language), kind) for name, kind in columns.items()),
            rows=tuple(
                (*_cells(row, language), *_correction(one, language, shown="correction" in columns))
                for row, one in zip(rows, decided, strict=True)
            ),
            language=language,
            data={
                "rows": [
                    {name: _json(value) for name, value in row.items()}
                    | ({"correction": correction_json(one)} if one is not None else {})
                    for row, one in zip(rows, decided, strict=True)
                ],
                "reasons": dict(sorted(counts.items())),
                "meta": {"shop": data.shop, "from": ask.first, "to": ask.last, "snapshot": data.snapshot.seq},
            },
            notes=(
                *(f"{word(f'reason_{name}', language)} {number:,}" for name, number in sorted(counts.items())),
                *data.remarks(language),
            ),
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


def _decided_by(row: dict[str, object], corrections: Iterable[Correction]) -> Correction | None:
    """Return the correction that filtered a contact; None where a filter did."""
    if row["reason"] != "corrected":
        return None
    contact = (row["shop"], None, row["buyer"], row["agent"], row["day"])
    return next(one for one in corrections if one.target == contact)


def _correction(correction: Correction | None, language: Language, *, shown: bool) -> tuple[Cell, ...]:
    """Return the cell that says who filtered a contact and why; none where no contact was corrected."""
    if not shown:
        return ()
    return (Cell(None, "") if correction is None else Cell(text := said(correction, language), text),)


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
