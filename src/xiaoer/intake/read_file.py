"""From a path to a Reading: its sources, their raw tables, what they are, their pieces."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.intake.convert import Tally, convert
from xiaoer.intake.exported_at import exported_at
from xiaoer.intake.raw import RawTable, Source
from xiaoer.intake.readers import READERS
from xiaoer.intake.reading import Piece, Reading, ReadOptions, Totals
from xiaoer.intake.recognise import Recognised, chosen_platforms, recognise
from xiaoer.intake.report.convert_report import convert_report
from xiaoer.intake.sources import ZIP_STARTS, sources_of
from xiaoer.intake.values.instants import read_instant

Found = tuple[RawTable, Recognised]
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


def read_file(path: Path, options: ReadOptions) -> Reading:
    """Return the reading of a file, a folder or a zip; a ReportableError lists why nothing of it can be used.

    The pieces may raise one too, when damage shows only later: then nothing of the file should be kept.
    """
    chosen_platforms(options)
    found = _tables(path, options)
    before: list[Issue] = []
    for item in found:
        if isinstance(item, Issue):
            before.append(item)
            continue
        table, recognised = item
        pieces = _pieces(chain([item], found), before, options)
        when = _exported_at(table, options.clock)
        return Reading(recognised.platform, recognised.why, when, _damage_told(pieces, options.called or path.name))
    raise ReportableError(before or [Issue("intake.empty_file", Severity.ERROR, Place(options.called or path.name))])


def _exported_at(table: RawTable, clock: Clock) -> datetime | None:
    """Return what the table itself says, else what the name of the file or its archive tells."""
    said = read_instant(table.exported_at, clock=clock) if table.exported_at else None
    if isinstance(said, datetime):
        return said.replace(tzinfo=UTC)
    names = (table.source.whole_name, table.source.file_name)
    return next((found for name in names if (found := exported_at(name, clock))), None)


def _pieces(items: Iterator[Found | Issue], before: list[Issue], options: ReadOptions) -> Iterator[Piece]:
    yield from map(_only_a_part, before)
    tally = Tally()
    for number, item in enumerate(items):
        if isinstance(item, Issue):
            yield _only_a_part(item)
            continue
        table, recognised = item
        if number:
            yield recognised.why
        reads = convert if recognised.layout.report is None else convert_report
        yield from reads(table, recognised, options, tally)
    for name, sums in tally.sums.items():
        yield Totals(name, sums)


def _only_a_part(issue: Issue) -> Issue:
    """Return the issue as a warning: a sheet or member can not be used, others of the same file are."""
    return replace(issue, severity=Severity.WARNING) if issue.severity is Severity.ERROR else issue


def _tables(path: Path, options: ReadOptions) -> Iterator[Found | Issue]:
    """Yield every table that fits some form, and an Issue for everything that can not be used."""
    sources = sources_of(path, options)
    while True:
        try:
            source = next(sources, None)
            if source is None:
                return
            yield from _tables_of(source, options)
        except ReportableError as error:
            yield from error.issues
        except _DAMAGE:
            yield Issue("intake.damaged_file", Severity.ERROR, Place(options.called or path.name))


def _tables_of(source: Source, options: ReadOptions) -> Iterator[Found | Issue]:
    if not source.head:
        yield Issue("intake.empty_file", Severity.ERROR, source.place())
        return
    name = next((name for name, reader in READERS.items() if reader.recognises(source)), None)
    if name is None:
        nested = source.member is not None and source.head.startswith(ZIP_STARTS)
        yield Issue("intake.nested_archive" if nested else "intake.no_container", Severity.ERROR, source.place())
        return
    for table in READERS[name].read(source, options):
        recognised = recognise(table, options)
        yield recognised if isinstance(recognised, Issue) else (table, recognised)


def _damage_told(pieces: Iterator[Piece], name: str) -> Iterator[Piece]:
    try:
        yield from pieces
    except _DAMAGE:
        raise ReportableError.of("intake.damaged_file", place=Place(name)) from None
