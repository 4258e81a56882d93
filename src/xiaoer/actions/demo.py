"""The main job on a shop that does not exist: its files written, imported, reported; and what to try next."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import monotonic

from xiaoer.actions.import_files import ImportOutcome, Progress, import_files
from xiaoer.actions.render.deliver import rendered, write_whole
from xiaoer.actions.render.page import Cell, Page, Screen
from xiaoer.actions.report import report, report_book
from xiaoer.actions.report_wanted import EVERYTHING, ReportAsk
from xiaoer.actions.settings import set_setting
from xiaoer.actions.simulated_shop import SimulatedShop, Size, simulated_shop
from xiaoer.actions.wording import word
from xiaoer.base.data_url import shown_folder
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.settings import check_setting
from xiaoer.store.store import Store

# Targets of the simulated shop, so that the report shows what a missed one looks like.
TARGETS = {
    "reply_share": "0.95",
    "average_response_seconds": "60",
    "three_minute_share": "0.90",
    "conversion_share_final": "0.40",
}
WRITTEN = ("xlsx", "html")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """The report of the simulated month, and the lines that say what to try next."""

    page: Page
    next_lines: tuple[str, ...]


def demo(
    home: Path, out: Path, language: Language, *, say: Say, progress: Progress | None = None, size: Size | None = None
) -> Demo:
    """Return the report of a simulated month after writing its files below `out` and importing them into the home.

    Run again, it finds its imports there and computes the same report.
    """
    started = monotonic()
    shop = example_shop(home, out, language, say=say, progress=progress, size=size)
    say(word("demo_report", language))
    ask = ReportAsk(str(shop.first_day), str(shop.last_day), shop.shop)
    page, book = report(home, ask, language), report_book(home, ask, (EVERYTHING,), language)
    for name in WRITTEN:
        file = out / f"report.{name}"
        write_whole(rendered(book, name, Screen()), file)
        say(word("written", language, file=file))
    say(word("demo_took", language, seconds=round(monotonic() - started)))
    return Demo(page, tuple(_next_lines(home, page, shop, language)))


def example_shop(
    home: Path, out: Path, language: Language, *, say: Say, progress: Progress | None = None, size: Size | None = None
) -> SimulatedShop:
    """Return the simulated shop after writing its files below `out` and importing them with its settings."""
    say(word("demo_simulate", language))
    shop = simulated_shop(out, size or Size())
    said = {"files": shop.files, "messages": f"{shop.messages:,}", "agents": shop.agents, "folder": out / "exports"}
    say(word("demo_simulated", language, **said))
    _set_up(home, shop)
    say(word("demo_import", language))
    outcome = import_files(home, [out / "exports"], shop=shop.shop, language=language, progress=progress)
    _must_be_whole(outcome)
    say(word("demo_imported", language, files=len(outcome.files)))
    return shop


def _set_up(home: Path, shop: SimulatedShop) -> None:
    """Write the shop's settings and targets, where they are not written yet."""
    wanted = {**shop.settings, **{f"target.{name}": value for name, value in TARGETS.items()}}
    with Store(home) as store:
        known = store.settings_of(shop.shop).on(shop.last_day).values
    for name, value in wanted.items():
        if known.get(name) != check_setting(name, value, metrics=TARGETS):
            set_setting(home, name, value, shop=shop.shop, first=None)


def _must_be_whole(outcome: ImportOutcome) -> None:
    """Stop at the first file that was refused: our own files must all go in."""
    issues = [issue for one in outcome.files if one.status == "refused" for issue in one.issues]
    if issues:
        raise ReportableError(issues)


def _next_lines(home: Path, page: Page, shop: SimulatedShop, language: Language) -> list[str]:
    """Return commands: why the lowest conversion and the slowest answers, what was filtered, what was said, the site.

    They begin with the program's bare name; who started it by a path knows that path.
    """
    with Store(home) as store:
        several = len(store.snapshot().shops) > 1
    days = f"--from {shop.first_day} --to {shop.last_day}" + (f" --shop {_quoted(shop.shop)}" if several else "")
    start = f"xiaoer --home {_quoted(shown_folder(home))}"
    lines = [word("demo_next", language)]
    for metric, worst in (("conversion_share_final", min), ("average_response_seconds", max)):
        place = next((n for n, column in enumerate(page.columns) if column.name == metric), None)
        rows = [row for row in page.rows if place is not None and row[place].value is not None]
        if rows and place is not None:
            row = worst(rows, key=lambda row: _number(row[place]))
            lines.append(f"  {start} explain {metric} --agent {_quoted(row[0].text)} {days}")
    return [*lines, f"  {start} filtered {days}", f"  {start} inspect run {days}", f"  {start} serve"]


def _quoted(text: str) -> str:
    """Return a text as a shell takes it; names in any script need no quotes."""
    return text if all(part.isalnum() or part in "-_./" for part in text) else shlex.quote(text)


def _number(cell: Cell) -> float:
    assert isinstance(cell.value, int | float | Decimal)
    return float(cell.value)
