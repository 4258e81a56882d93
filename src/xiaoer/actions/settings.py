"""A shop's settings: what holds, since when, what is usual; and a new value from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.base.days import parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import TARGET_PREFIX, THE_FIRST_DAY, DatedValue, check_setting, declared_settings
from xiaoer.metrics import Unit
from xiaoer.store.home import Home
from xiaoer.store.store import Store

FIXED = ("zone", "day_starts_at")  # they decide on which day a row lies, so they hold for all days


@dataclass(frozen=True)
class Changed:
    """A setting that was written: its value in normal form, and the day from which it holds; None for all days."""

    shop: str
    name: str
    value: str
    from_date: date | None
    warning: Issue | None = None


def show_settings(home: Path, language: Language, *, shop: str | None = None) -> Page:
    """Return every setting and target of a shop with each dated value; a ReportableError when the shop is not clear."""
    dated: tuple[DatedValue, ...] = ()
    if Home(home).manifest.exists():
        with Store(home) as store:
            snapshot = store.snapshot()
            shop = _known_shop(shop, sorted({*snapshot.shops, *snapshot.settings}))
            dated = snapshot.settings_of(shop).dated if shop else ()
    rows = _rows(dated, language)
    names = ("name", "value", "from", "default", "help")
    return Page(
        name="settings",
        title=word("settings_title", language, shop=shop or NOTHING),
        columns=tuple(Column(name, word(f"setting_{name}", language), fixed=name == "name") for name in names),
        rows=tuple(tuple(Cell(text, text or NOTHING) for text in row) for row in rows),
        language=language,
        data={
            "shop": shop,
            "settings": [dict(zip(names, row, strict=True)) for row in rows],
            "labels": setting_labels(home, language),
        },  # fmt: skip
    )


def setting_labels(home: Path, language: Language) -> dict[str, str]:
    """Return how each setting, and each target, is called."""
    labels = {setting.name: setting.label.in_language(language) for setting in declared_settings().values()}
    for name, metric in metrics_of(catalog_of(home)).items():
        labels[TARGET_PREFIX + name] = word("target_of", language, metric=metric.label.in_language(language))
    return labels


def set_setting(home: Path, name: str, value: str, *, shop: str | None, first: str | None) -> Changed:
    """Write a value from a day on (without one: for all days); a ReportableError says why it can not be used."""
    checked = check_new_value(home, name, value)
    if name in FIXED and first is not None:
        raise ReportableError.of("cli.holds_for_all_days", values={"name": name})
    from_date = parse_day(first, name="--from") if first is not None else THE_FIRST_DAY
    with Store(home) as store:
        snapshot = store.snapshot()
        known = sorted({*snapshot.shops, *snapshot.settings})
        chosen = shop.strip() if shop else _known_shop(None, known)
        if not chosen:
            raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(known) or NOTHING})
        if name in FIXED and chosen in snapshot.shops:
            numbers = sorted({file.import_id for file in snapshot.files([chosen])})
            raise ReportableError.of(
                "cli.fixed_with_data", values={"name": name, "shop": chosen, "imports": _shortened(numbers)}
            )
        store.set_value(chosen, name, checked, from_date=from_date)
    warning = None if chosen in snapshot.shops else _no_data_of(chosen, snapshot.shops)
    return Changed(chosen, name, checked, from_date if first is not None else None, warning)


def check_new_value(home: Path, name: str, value: str) -> str:
    """Return a value in its normal form; a ReportableError says why the setting can not have it."""
    metrics = metrics_of(catalog_of(home))
    shares = {metric.name for metric in metrics.values() if metric.unit is Unit.SHARE}
    return check_setting(name, value, metrics=metrics, shares=shares)


def _no_data_of(shop: str, shops: Iterable[str]) -> Issue:
    near = ", ".join(near_names(shop, shops))
    return Issue("settings.no_data_of_shop", Severity.WARNING, values={"shop": shop, "near": near})


def _shortened(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")


def _known_shop(asked: str | None, known: list[str]) -> str | None:
    """Return the shop asked for or the only one; a ReportableError when it is unknown or there are several."""
    if asked is not None:
        if known and asked not in known:
            near = ", ".join(near_names(asked, known) or known[:5])
            raise ReportableError.of("cli.unknown_shop", values={"name": asked[:40], "near": near})
        return asked
    if len(known) > 1:
        raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(known)})
    return known[0] if known else None


def _rows(dated: tuple[DatedValue, ...], language: Language) -> list[tuple[str, ...]]:
    """Return one row per value: the usual one where nothing was set, else each dated one in the order of days."""
    latest: dict[tuple[str, date], DatedValue] = {}
    for one in sorted(dated, key=lambda one: one.seq):
        latest[(one.name, one.from_date)] = one
    rows: list[tuple[str, ...]] = []
    for setting in declared_settings().values():
        own = sorted((one for one in latest.values() if one.name == setting.name), key=lambda one: one.from_date)
        values = [(one.value, "" if one.from_date == THE_FIRST_DAY else str(one.from_date)) for one in own]
        for value, first in values or [(setting.default, "")]:
            rows.append((setting.name, value, first, setting.default, setting.help.in_language(language)))
    for one in sorted(latest.values()):
        if one.name.startswith(TARGET_PREFIX):
            first = "" if one.from_date == THE_FIRST_DAY else str(one.from_date)
            rows.append((one.name, one.value, first, "", word("about_target", language)))
    return rows
