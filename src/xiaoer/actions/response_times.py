"""How responses are spread: bands of the shop's standards, exact quantiles, and each account or group beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.render.cell_text import cell_of, cell_text, share_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.report import asked_period
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.metrics import Dimension, Request, Row
from xiaoer.metrics.waits import Band, Grade, Waited, Waits, Whose, bands_of, together, waits_by_whom, waits_steps
from xiaoer.store.engine_session import EngineSession

__all__ = [
    "MEAN",
    "METRIC_OF_QUANTILE",
    "NUMBER",
    "Dimension",
    "ResponseAsk",
    "ResponseTimes",
    "Waited",
    "response_times",
]

MINUTES_FROM = 180  # seconds from which on bands are said in minutes
QUANTILES = tuple(Decimal(q) for q in ("0.5", "0.75", "0.9", "0.95", "0.99"))
# The figures of the report that say the same waits' mean and number, and the quantiles that are metrics of their own.
MEAN = {Waited.FIRST: "first_response_seconds", Waited.EACH: "average_response_seconds"}
NUMBER = {Waited.FIRST: "first_responses", Waited.EACH: "answered_rounds"}
METRIC_OF_QUANTILE = {
    (Waited.EACH, Decimal("0.5")): "median_response_seconds",
    (Waited.EACH, Decimal("0.9")): "p90_response_seconds",
}


@dataclass(frozen=True)
class ResponseAsk:
    """Which waits of which days; whose: of one account, of one group, or of everybody; rows are accounts or groups."""

    first: str
    last: str
    shop: str
    waited: Waited = Waited.EACH
    agent: str | None = None
    group: str | None = None
    by: Dimension = Dimension.AGENT


@dataclass(frozen=True)
class BandShown:
    """One band: its ends in words, what it is by the standards, how many waits it has and their share."""

    label: str
    band: Band
    number: int
    share: float | None
    share_text: str

    @property
    def number_text(self) -> str:
        """Return the number as people read it."""
        return f"{self.number:,}"


@dataclass(frozen=True)
class ResponseTimes:
    """The bands, the quantiles by q in seconds with their texts, the mean as averages count it, and the rows' page."""

    number: int
    bands: tuple[BandShown, ...]
    quantiles: tuple[tuple[Decimal, float | None, str], ...]
    mean: str
    longest: str
    rows: Page


@dataclass(frozen=True)
class _Found:
    """What a question's days hold: the waits by whose they are, the means that the report has, the bands then."""

    data: ShopData
    ask: ResponseAsk
    period: Period
    waits: Mapping[Whose, Waits]
    means: Mapping[str, Row]
    bands: tuple[Band, ...]

    def mean(self, key: str) -> Value:
        """Return the mean of a row; None for one that the report does not have."""
        row = self.means.get(key)
        return None if row is None else row.figures[MEAN[self.ask.waited]]


def response_times(home: Path, ask: ResponseAsk, language: Language) -> ResponseTimes:
    """Return how the waits are spread; a ReportableError names what can not be used."""
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop) as data:
        request = Request(period, (MEAN[ask.waited],), by=(), shop=data.shop, settings=data.settings)
        with data.session(request) as engine:
            waits = waits_by_whom(engine.answer(waits_steps(period, ask.waited)).to_pylist())
            means = _means(data, engine, ask, period)
        found = _Found(data, ask, period, waits, means, bands_of(data.settings.on(period.last)))
        whole = together(each for whose, each in waits.items() if _asked(whose, ask))
        quantiles = ((q, whole.quantile(q)) for q in QUANTILES)
        return ResponseTimes(
            number=whole.number,
            bands=tuple(_band(band, whole, language) for band in found.bands),
            quantiles=tuple((q, _float(value), _said(value, language)) for q, value in quantiles),
            mean=cell_text(Kind.SECONDS, found.mean(_place(ask)), language),
            longest=_said(whole.longest, language),
            rows=_page(found, language),
        )


def _asked(whose: Whose, ask: ResponseAsk) -> bool:
    if ask.agent is not None:
        return whose.agent == ask.agent
    return ask.group is None or (whose.agent is not None and whose.group == ask.group)


def _means(data: ShopData, engine: EngineSession, ask: ResponseAsk, period: Period) -> dict[str, Row]:
    """Return the report's rows by account and by group, and everybody's, by their places."""
    found: dict[str, Row] = {}
    for by in (Dimension.AGENT, Dimension.GROUP):
        request = Request(period, (MEAN[ask.waited],), by=(by,), shop=data.shop, settings=data.settings)
        report = report_of(data, engine, request)
        found |= {f"{by.value} {row.dimensions[by.value] or ''}": row for row in report.rows} | {"": report.total}
    return found


def _place(ask: ResponseAsk) -> str:
    """Return the place of what is asked for among the report's rows."""
    if ask.agent is not None:
        return f"agent {ask.agent}"
    return "" if ask.group is None else f"group {ask.group}"


def _said(seconds: Fraction | None, language: Language) -> str:
    return cell_text(Kind.SECONDS, _float(seconds), language)


def _band(band: Band, whole: Waits, language: Language) -> BandShown:
    number = whole.within(band)
    share = number / whole.number if whole.number else None
    return BandShown(band_text(band, language), band, number, share, share_text(share))


def band_text(band: Band, language: Language) -> str:
    """Return a band's ends in words, in seconds, or in minutes where both ends are some: 10–20 s, 3–5 min."""
    ends = [end for end in (band.above, band.upto) if end is not None]
    per = 60 if all(end >= MINUTES_FROM and end % 60 == 0 for end in ends) else 1
    low, high = (None if end is None else f"{end // per}" for end in (band.above, band.upto))
    unit = word("band_minutes" if per > 1 else "band_seconds", language)
    if low is None:
        return word("band_upto" if band.holds_upto else "band_below", language, high=high, unit=unit)
    if high is None:
        return word("band_from" if band.holds_above else "band_over", language, low=low, unit=unit)
    return word("band_between", language, low=low, high=high, unit=unit)


def _page(found: _Found, language: Language) -> Page:
    data, ask = found.data, found.ask
    people = [one for one in found.waits if one.agent is not None and (ask.group is None or one.group == ask.group)]
    keys = sorted({_key(one, ask.by) for one in people})
    shown = {key: key or word("nowhere", language) for key in keys}
    if ask.by is Dimension.AGENT:
        shown = data.shown_agents(keys)
    waits = {key: together(found.waits[one] for one in people if _key(one, ask.by) == key) for key in keys}
    days = word("period", language, first=found.period.first, last=found.period.last)
    return Page(
        name="waits",
        title=f"{word(f'waits_{ask.waited.value}', language)} · {' + '.join(data.shops)} · {days}",
        columns=_columns(found, language),
        rows=tuple((Cell(shown[key], shown[key]), *_cells(key, waits[key], found, language)) for key in keys),
        language=language,
        data={"rows": [{ask.by.value: key or None, "number": waits[key].number} for key in keys]},
        notes=(word("waits_note", language), *data.remarks(language)),
    )


def _columns(found: _Found, language: Language) -> tuple[Column, ...]:
    by, mean = found.ask.by.value, found.data.metrics[MEAN[found.ask.waited]]
    values = found.data.settings.on(found.period.last).values
    ends = {name: values[f"response_{name}_seconds"] for name in ("good", "normal", "poor")}
    return (
        Column(by, word(f"by_{by}", language), fixed=True),
        Column("number", word("waits_number", language), Kind.COUNT),
        Column("mean", mean.label.in_language(language), Kind.SECONDS),
        Column("median", word("waits_median", language), Kind.SECONDS),
        Column("p90", word("waits_p90", language), Kind.SECONDS),
        *(
            Column(f"{grade.value}_share", word(f"waits_{grade.value}_share", language, **ends), Kind.SHARE)
            for grade in Grade
        ),
    )


def _key(whose: Whose, by: Dimension) -> str:
    return (whose.agent if by is Dimension.AGENT else whose.group) or ""


def _cells(key: str, waits: Waits, found: _Found, language: Language) -> tuple[Cell, ...]:
    numbers: list[tuple[Kind, Value]] = [
        (Kind.COUNT, waits.number),
        (Kind.SECONDS, found.mean(f"{found.ask.by.value} {key}")),
        *((Kind.SECONDS, _float(waits.quantile(q))) for q in (Decimal("0.5"), Decimal("0.9"))),
        *((Kind.SHARE, _share(waits, found.bands, grade)) for grade in Grade),
    ]
    return tuple(cell_of(kind, value, language) for kind, value in numbers)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _share(waits: Waits, bands: tuple[Band, ...], grade: Grade) -> float | None:
    inside = sum(waits.within(band) for band in bands if band.grade is grade)
    return inside / waits.number if waits.number else None
