"""What can be wrong with standards beyond their form: names nobody declared, mechanisms without their parts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.yaml_lines import line_of
from xiaoer.inspection.schema import By, Find, Item, Line, Signal, SignalFile, Standard

LEAST_EXAMPLES = 2
# What each mechanism can not do without.
_NEEDS: dict[By, tuple[str, ...]] = {
    By.PHRASE: ("line",), By.ABSENCE: ("line",), By.ORDER: ("line", "then"), By.TIME: ("line",),
    By.REPETITION: (), By.CROSS_CHECK: ("check",), By.MODEL: (), By.HUMAN: (),
}  # fmt: skip
CHECKS = (
    "note_after_promise", "shipped_as_promised", "signed_for", "over_limit", "against_card",
)  # fmt: skip
_LISTS = ("said", "also", "unless", "answering", "not_answering", "before", "not_before")
Files = Mapping[str, Mapping[str, Path]]


def issues_of(standards: Mapping[str, Standard], groups: Mapping[str, SignalFile], files: Files) -> list[Issue]:
    """Return every issue of these standards and signals."""
    signals = {name: signal for group in groups.values() for name, signal in group.signals.items()}
    issues = list(_twice(standards, groups, files))
    for name, group in groups.items():
        for signal, content in group.signals.items():
            place = _Place(files["signals"][name], ("signals", signal))
            if not is_name(signal):
                issues.append(place.issue("inspect.signal_name"))
            issues += _of_signal(content, place)
    for name, standard in standards.items():
        for item, one in standard.items.items():
            issues += _of_item(one, _Place(files["standards"][name], ("items", item)), signals)
    return issues


class _Place:
    """Where a thing stands: its file and the keys that lead to it."""

    def __init__(self, file: Path, keys: tuple[str | int, ...]) -> None:
        self.file, self.keys = file, keys

    def inside(self, *keys: str | int) -> "_Place":
        return _Place(self.file, (*self.keys, *keys))

    def issue(self, code: str, **values: str | int) -> Issue:
        column = ".".join(map(str, self.keys))
        place = Place(str(self.file), line=line_of(self.file, self.keys), column=column)
        return Issue(code, Severity.ERROR, place, {"key": column, **values})


def _twice(standards: Mapping[str, Standard], groups: Mapping[str, SignalFile], files: Files) -> Iterator[Issue]:
    """Yield items and signals that two files declare: a finding must name one thing."""
    seen: dict[str, str] = {}
    for name, standard in standards.items():
        for item in standard.items:
            if item in seen:
                yield _Place(files["standards"][name], ("items", item)).issue("inspect.item_twice", other=seen[item])
            seen[item] = name
    known: dict[str, str] = {}
    for name, group in groups.items():
        for signal in group.signals:
            if signal in known:
                where = _Place(files["signals"][name], ("signals", signal))
                yield where.issue("inspect.signal_twice", other=known[signal])
            known[signal] = name


def _of_signal(signal: Signal, place: _Place) -> Iterator[Issue]:
    if not (signal.phrases or signal.pattern or signal.whole):
        yield place.issue("inspect.empty_signal")
    for list_name in ("phrases", "unless", "whole"):
        for number, phrase in enumerate(getattr(signal, list_name)):
            if not all(part.strip() for part in phrase.split("…")):
                yield place.inside(list_name, number).issue("inspect.empty_phrase")
    if signal.pattern:
        yield from _of_pattern(signal.pattern, place.inside("pattern"))


def _of_pattern(pattern: str, place: _Place) -> Iterator[Issue]:
    try:
        pc.extract_regex_span(pa.array([""]), pattern=pattern)
    except pa.ArrowInvalid:
        yield place.issue("inspect.bad_pattern")
        return
    if "(?P<found>" not in pattern:
        yield place.issue("inspect.pattern_without_group")


def _of_item(item: Item, place: _Place, signals: Mapping[str, Signal]) -> Iterator[Issue]:
    for needed in _NEEDS[item.find.by]:
        if not getattr(item.find, needed):
            yield place.inside("find").issue("inspect.part_missing", part=needed, by=item.find.by.value)
    if item.find.check and item.find.check not in CHECKS:
        near = ", ".join(near_names(item.find.check, CHECKS) or CHECKS)
        yield place.inside("find", "check").issue("inspect.unknown_check", name=item.find.check, near=near)
    for keys, line in _lines(item.find):
        yield from _of_line(line, place.inside("find", *keys), signals)
    machine = item.find.by not in (By.MODEL, By.HUMAN)
    for kind in ("hits", "misses"):
        if machine and len(getattr(item, kind)) < LEAST_EXAMPLES:
            yield place.issue("inspect.few_examples", kind=kind, least=LEAST_EXAMPLES)


def _lines(find: Find) -> Iterator[tuple[tuple[str | int, ...], Line]]:
    for name in ("line", "then"):
        if getattr(find, name) is not None:
            yield (name,), getattr(find, name)
    for name in ("given", "never"):
        for number, line in enumerate(getattr(find, name)):
            yield (name, number), line


def _of_line(line: Line, place: _Place, signals: Mapping[str, Signal]) -> Iterator[Issue]:
    for list_name in _LISTS:
        for number, name in enumerate(getattr(line, list_name)):
            if is_name(name) and name not in signals:
                near = ", ".join(near_names(name, signals)) or "–"
                yield place.inside(list_name, number).issue("inspect.unknown_signal", name=name, near=near)


def is_name(text: str) -> bool:
    """Return whether an entry of a line is the name of a signal; anything else is a phrase itself."""
    return text.isascii() and text.isidentifier() and "_" in text
