"""Import files: each file is one import, whole or not at all; what could not be used is said and kept."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.plain_issue import plain_issue
from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.language import Language, say
from xiaoer.base.money import plain
from xiaoer.intake import Reading, ReadOptions, Rejected, Rows, Totals, read_file
from xiaoer.store.import_under_way import ImportUnderWay
from xiaoer.store.manifest import Import
from xiaoer.store.store import Store, file_hash

EXAMPLES_KEPT = 20
REPORTED = "reported_figures"  # the one table whose rows depend on the days that are given beside the file
NOT_THE_FILE_S_FAULT = ("store.busy", "store.home_not_writable", "origin.")


def blames_the_file(error: ReportableError) -> bool:
    """Return whether a file is at fault, and not the place that it was to go to."""
    return not error.issues[0].code.startswith(NOT_THE_FILE_S_FAULT)


@dataclass(frozen=True)
class Advance:
    """How far an import of several files is: which file, and how many of its rows were read."""

    file: str
    number: int
    files: int
    rows: int


Progress = Callable[[Advance], None]


@dataclass(frozen=True)
class Sent:
    """How a file that somebody sent is taken: under the name they gave it, and with rows of the one shop only."""

    called: str


@dataclass(frozen=True)
class FileOutcome:
    """What came of one file. `import_id` is None when nothing was kept; `issues` holds each kind once with examples."""

    file: str
    status: str  # imported, already (the same file counts already), refused, checked (dry run)
    import_id: int | None = None
    report: dict[str, Any] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    @property
    def rejected(self) -> int:
        """Return how many rows were left out."""
        return int(self.report.get("rejected", 0))


@dataclass(frozen=True)
class ImportOutcome:
    """What came of all files; exit code 1: no file could be used, 2: some file or row could not, 0: all went in."""

    files: tuple[FileOutcome, ...]

    @property
    def exit_code(self) -> int:
        """Return 1, 2 or 0."""
        refused = sum(outcome.status == "refused" for outcome in self.files)
        if refused == len(self.files):
            return 1
        return 2 if refused or any(outcome.rejected for outcome in self.files) else 0


def import_files(  # noqa: PLR0913 -- one argument per option of the command
    home: Path, paths: Sequence[Path], *, shop: str, platform: str = "auto", dry_run: bool = False,
    days: tuple[str | None, str | None] = (None, None), language: Language = "zh", progress: Progress | None = None,
    sent: Sent | None = None,
) -> ImportOutcome:  # fmt: skip
    """Return what came of every file of the paths (folders are walked, names ascending).

    `days`: the first and the last day of reports that do not say them. `sent`: how a file sent by somebody is taken.
    """
    period = _period(*days)
    if not shop.strip():
        raise ReportableError.of("import.no_shop")
    files = list(_files_of(paths))
    outcomes = []
    with Store(home) as store:
        catalog = Catalog((OUR_CATALOG, store.home.catalog))
        clock = store.settings_of(shop.strip()).clock
        options = ReadOptions(shop=shop.strip(), platform=platform, clock=clock, catalog=catalog, period=period,
                              called=sent.called if sent else None)  # fmt: skip
        for number, path in enumerate(files, start=1):
            tell = _teller(progress, path, number, len(files))
            one = _OneFile(store, path, options, language, dry_run, tell, one_shop=sent is not None)
            outcomes.append(one.outcome())
    return ImportOutcome(tuple(outcomes))


def _period(first: str | None, last: str | None) -> Period | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise ReportableError.of("import.half_period", values={"missing": "--from" if first is None else "--to"})
    return Period(parse_day(first, name="--from"), parse_day(last, name="--to"))


def _files_of(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file, path))
            if not found:
                raise ReportableError.of("import.empty_folder", values={"folder": str(path)})
            yield from found
        elif path.exists():
            yield path
        else:
            raise ReportableError.of("import.no_such_file", values={"file": str(path)})


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in file.relative_to(folder).parts)


def _teller(progress: Progress | None, path: Path, number: int, files: int) -> Callable[[int], None]:
    def tell(rows: int) -> None:
        if progress is not None:
            progress(Advance(path.name, number, files, rows))

    return tell


@dataclass
class _Noted:
    """Issues by kind: how many there were, and the first few."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    examples: dict[str, list[Issue]] = field(default_factory=lambda: defaultdict(list))

    def add(self, issue: Issue) -> None:
        kind = f"{issue.code}/{issue.place.column or ''}/{issue.values.get('said', '')}"
        self.counts[kind] += 1
        if len(self.examples[kind]) < EXAMPLES_KEPT:
            self.examples[kind].append(issue)

    def firsts(self) -> tuple[Issue, ...]:
        return tuple(examples[0] for examples in self.examples.values())

    def as_report(self) -> list[dict[str, Any]]:
        return [
            {
                **plain_issue(examples[0]),
                "count": self.counts[kind],
                "lines": [issue.place.line for issue in examples if issue.place.line],
            }
            for kind, examples in self.examples.items()
        ]


@dataclass
class _OneFile:
    """The import of one file."""

    store: Store
    path: Path
    options: ReadOptions
    language: Language
    dry_run: bool
    tell: Callable[[int], None]
    one_shop: bool = False
    noted: _Noted = field(default_factory=_Noted)
    totals: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what its owner calls the file."""
        return self.options.called or self.path.name

    def outcome(self) -> FileOutcome:
        """Return what came of the file; whatever goes wrong with it, the store is unchanged or whole."""
        try:
            digest = file_hash(self.path)
            return self._already(digest) or self._imported(digest)
        except ReportableError as error:
            if not blames_the_file(error):
                raise
            return FileOutcome(self.name, "refused", issues=tuple(self._placed(issue) for issue in error.issues))
        except OSError as error:
            values = {"folder": str(self.store.home.folder), "problem": error.strerror or ""}
            return FileOutcome(self.name, "refused", issues=(Issue("store.home_not_writable", values=values),))

    def _already(self, digest: str) -> FileOutcome | None:
        same = self._same(digest)
        if same is None:
            return None
        note = Issue("import.already", Severity.NOTE, Place(self.name), {"number": same.id})
        return FileOutcome(self.name, "already", same.id, issues=(note,))

    def _same(self, digest: str) -> Import | None:
        """Return the import of this very file that counts; a report of other days is another report."""
        of_these_days = self.store.same_import(file_hash=self._with_days(digest), shop=self.options.shop)
        if of_these_days is not None or self.options.period is None:
            return of_these_days
        same = self.store.same_import(file_hash=digest, shop=self.options.shop)
        return None if same is None or REPORTED in same.report.get("rows", {}) else same

    def _with_days(self, digest: str) -> str:
        period = self.options.period
        return digest if period is None else sha256(f"{digest} {period.first} {period.last}".encode()).hexdigest()

    def _imported(self, digest: str) -> FileOutcome:
        with self.store.importing(self.options.clock) as under_way:
            already = self._already(digest)  # somebody else may have been quicker
            if already is not None:
                return already
            reading = read_file(self.path, self.options)
            self._take(reading, under_way)
            report = {
                "recognised": plain_issue(reading.why),
                "issues": self.noted.as_report(),
                "totals": self.totals,
            }
            if self.dry_run:
                kept = {"rows": dict(under_way.writer.rows_by_table), "rejected": under_way.rejected.count}
                return FileOutcome(self.name, "checked", None, {**report, **kept}, self.noted.firsts())
            exported_at = reading.exported_at.astimezone(UTC).isoformat() if reading.exported_at else None
            known_by = self._with_days(digest) if REPORTED in under_way.writer.rows_by_table else digest
            made = under_way.commit(
                file={
                    "file_name": self.name, "file_hash": known_by, "file_bytes": self.path.stat().st_size,
                    "shop": self.options.shop, "platform": reading.platform, "exported_at": exported_at,
                },
                report=report,
            )  # fmt: skip
            return FileOutcome(self.name, "imported", made.number, made.report, self.noted.firsts())

    def _take(self, reading: Reading, under_way: ImportUnderWay) -> None:
        rows = 0
        for piece in reading.pieces:
            match piece:
                case Rows(table, batch):
                    self._must_be_of_the_shop(batch)
                    under_way.writer.add(table, batch)
                    rows += batch.num_rows
                    self.tell(rows)
                case Rejected():
                    self._reject(piece, under_way)
                case Totals(table, sums):
                    self.totals[table] = {name: plain(amount) for name, amount in sums.items()}
                case Issue():
                    self.noted.add(self._placed(piece))

    def _must_be_of_the_shop(self, batch: pa.RecordBatch) -> None:
        """Refuse the file where a row names another shop and the sender answers for this one only."""
        if self.one_shop and not pc.all(pc.equal(batch["shop"], self.options.shop), min_count=0).as_py():
            raise ReportableError.of("import.rows_of_another_shop", values={"shop": self.options.shop})

    def _reject(self, row: Rejected, under_way: ImportUnderWay) -> None:
        for issue in row.issues:
            self.noted.add(self._placed(issue))
        reason = " ".join(say(issue, self.language) for issue in row.issues)
        under_way.rejected.add(row.header, row.cells, line=row.place.line, reason=reason)

    def _placed(self, issue: Issue) -> Issue:
        """Return the issue with the file's name where it says none."""
        if issue.place.file is not None:
            return issue
        place = Place(self.name, issue.place.sheet, issue.place.line, issue.place.column)
        return Issue(issue.code, issue.severity, place, issue.values)
