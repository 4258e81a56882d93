"""Sets of metrics saved by name: a file of the home's own catalog, made and taken away; ours stay as they are."""

import json
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from xiaoer.actions.render.deliver import write_whole
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language
from xiaoer.metrics import Metric, check_metric_names, dimensions_of, load_views, view_named
from xiaoer.store.home import Home

FOLDER = "reports"
LONGEST_NAME = 40
JOINS = frozenset("-_ （）()")
# Names that say something else: all views together, and devices that some systems take for files.
RESERVED = frozenset({"all", "con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True)
class SetAsk:
    """A set of metrics as the reader wrote it: columns in order, what rows stand for, what it is called."""

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ("agent",)
    label: str | None = None


@dataclass(frozen=True)
class Saved:
    """A saved set: its name and its file."""

    name: str
    file: Path


def save_view(home: Path, name: str, ask: SetAsk, *, replace: bool) -> Saved:
    """Write a set of metrics under a name; a ReportableError names everything that can not be used.

    A name of ours is refused; one saved before only gives way when `replace` says so.
    """
    with Home(home).changing_documents():
        return _saved(home, file_name(name), ask, replace=replace)


def _saved(home: Path, name: str, ask: SetAsk, *, replace: bool) -> Saved:
    _check(ask, metrics_of(catalog_of(home)))
    ours, known = load_views(Catalog(), metrics_of(Catalog())), own_views(home)
    if name.casefold() in ours or any(name in (view.label.zh, view.label.en) for view in ours.values()):
        raise ReportableError.of("view.is_ours", values={"name": name})
    taken = next((other for other in known if other.casefold() == name.casefold()), None)
    if taken is not None and not replace:
        raise ReportableError.of("view.exists", values={"name": taken})
    file = known.get(taken or "", Home(home).catalog / FOLDER / f"{name}.yaml")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        values = {"file": str(file), "problem": error.strerror or ""}
        raise ReportableError.of("cli.not_writable", values=values) from None
    write_whole(_yaml(ask, taken or name).encode(), file)
    return Saved(taken or name, file)


def remove_view(home: Path, name: str) -> Saved:
    """Take a saved set away; a ReportableError when it is one of ours, or when there is none of this name."""
    with Home(home).changing_documents():
        own = own_views(home)
        if name not in own:
            view = view_named(name, load_views(catalog_of(home), metrics_of(catalog_of(home))))
            name = view.name
        if name not in own:
            raise ReportableError.of("view.ours_stays", values={"name": name})
        own[name].unlink()
        return Saved(name, own[name])


def own_views(home: Path) -> dict[str, Path]:
    """Return the files of the home's own views by name."""
    folder = Home(home).catalog
    return Catalog((folder,)).files(FOLDER) if folder.is_dir() else {}


def file_name(name: str) -> str:
    """Return a name that is also a safe file name on every system; a ReportableError says what one looks like."""
    plain = unicodedata.normalize("NFC", name).strip()
    good = plain and len(plain) <= LONGEST_NAME and all(part.isalnum() or part in JOINS for part in plain)
    if not good or plain.casefold() in RESERVED:
        raise ReportableError.of("view.bad_name", values={"name": name[:LONGEST_NAME], "most": LONGEST_NAME})
    return plain


def said_saved(made: Saved, language: Language) -> str:
    """Return what was saved, and how to use it."""
    return word("view_saved", language, view=made.name, file=made.file)


def said_removed(made: Saved, language: Language) -> str:
    """Return what was taken away."""
    return word("view_removed", language, view=made.name, file=made.file)


def _check(ask: SetAsk, metrics: dict[str, Metric]) -> None:
    issues: list[Issue] = []
    if not ask.metrics:
        issues.append(Issue("view.no_columns"))
    try:
        check_metric_names(ask.metrics, metrics)
    except ReportableError as error:
        issues += error.issues
    try:
        dimensions_of(ask.by)
    except ReportableError as error:
        issues += error.issues
    if issues:
        raise ReportableError(issues)


def _yaml(ask: SetAsk, name: str) -> str:
    """Return the file: one language's label stands in both places, since nobody but the shop reads it."""
    label = _quoted(ask.label or name)
    lines = [f"label: {{zh: {label}, en: {label}}}", f"by: [{', '.join(dict.fromkeys(ask.by))}]", "columns:"]
    columns = list(dict.fromkeys(ask.metrics))
    lines += [f"  - {column}" for column in columns]
    return "\n".join([*lines, "charts:", f"  - {{kind: {_kind(ask.by)}, metrics: [{columns[0]}]}}"]) + "\n"


def _kind(by: Collection[str]) -> str:
    if set(by) & {"day", "week", "month"}:
        return "line"
    return "column" if "hour" in by else "bar"


def _quoted(text: str) -> str:
    """Return a text in double quotes; JSON's are also YAML's."""
    return json.dumps(text, ensure_ascii=False)
