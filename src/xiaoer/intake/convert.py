"""From a recognised raw table to pieces: canonical rows, rejected rows, control totals, issues."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.money import parse_yuan
from xiaoer.base.tables import Kind, canonical_tables
from xiaoer.intake.canonical import SHOP
from xiaoer.intake.columns import ColumnRead, Positions, present, read_column, texts_of
from xiaoer.intake.platform import ColumnMap, Condition, Layout, TableMap
from xiaoer.intake.raw import BadRow, RawBatch, RawTable
from xiaoer.intake.readers import TABULAR_READERS
from xiaoer.intake.reading import Piece, ReadOptions, Rejected, Rows
from xiaoer.intake.recognise import Recognised
from xiaoer.intake.records_only import SUMMARY_WORDS, cells_of, records_only
from xiaoer.intake.rolled_up import disagreeing, rolled_up
from xiaoer.intake.rows_together import keys_of, part_of_order, rows_together
from xiaoer.intake.split_cells import split_cells
from xiaoer.intake.values import Problem
from xiaoer.intake.values.amounts import sum_yuan
from xiaoer.intake.values.texts import cleaned
from xiaoer.intake.vocabulary import headers_of, known_headers, normal_header

# What the file of rejected rows has beside the source's own columns, so that it can be imported again.
ADDED_TO_REJECTED = frozenset({"xiaoer_line", "xiaoer_reason"})


@dataclass
class Tally:
    """What is counted over all tables of a reading."""

    rows: int = 0  # rows of the source so far: `source_row` is unique in a reading
    other_shop_said: bool = False
    paid_too_early: int = 0  # orders that were paid before they were created
    sums: dict[str, dict[str, Decimal]] = field(default_factory=dict)  # table → source header → sum


@dataclass(frozen=True)
class _Form:
    """A raw table with its layout, and where each header stands."""

    raw: RawTable
    layout: Layout
    canonical: bool
    positions: Positions
    options: ReadOptions

    @property
    def main_table(self) -> str:
        return self.layout.tables[0].table

    @cached_property
    def money_headers(self) -> list[str]:
        """The source's headers of money that are added up."""
        names = list(self.layout.totals)
        for target in self.layout.tables:
            table = canonical_tables()[target.table]
            for name, how in target.columns.items():
                names += how.headers if table.column(name).kind is Kind.MONEY else ()
        return [name for name in dict.fromkeys(names) if present((name,), self.positions)]


def convert(raw: RawTable, recognised: Recognised, options: ReadOptions, tally: Tally) -> Iterator[Piece]:
    """Yield the table's pieces; a ReportableError when a column that is read stands there twice."""
    yield from raw.issues
    form = _Form(raw, recognised.layout, recognised.platform == "canonical", positions_of(raw.header), options)
    yield from _said_of_header(form)
    words = frozenset() if form.canonical else SUMMARY_WORDS | set(form.layout.summary_rows)
    rows_before, early_before = tally.rows, tally.paid_too_early
    sums = tally.sums.setdefault(form.main_table, {})
    # Chats hold no sums and no second header, but people who may be called like one.
    is_table = raw.reader in TABULAR_READERS
    known = known_headers(options.catalog)
    pieces = records_only(raw, known=known, summary_words=words) if is_table else raw.batches
    if form.layout.together:
        pieces = rows_together(pieces, raw, key=present(form.layout.together, form.positions)[0])
    for piece in pieces:
        if isinstance(piece, Issue):
            yield piece
        elif isinstance(piece, BadRow):
            tally.rows += 1
            _add_cells(sums, piece, form)
            yield _rejected(form, piece)
        else:
            _add(sums, piece, form)
            yield from _convert_batch(form, piece, tally)
    if tally.paid_too_early > early_before:
        values = {"count": tally.paid_too_early - early_before}
        yield Issue("intake.paid_before_created", Severity.WARNING, raw.source.place(sheet=raw.sheet), values)
    if tally.rows == rows_before:
        yield Issue("intake.no_rows", Severity.WARNING, raw.source.place(sheet=raw.sheet))
        for target in form.layout.tables:  # "none" is known, which is not the same as not told
            yield Rows(target.table, pa.RecordBatch.from_pylist([], schema=canonical_tables()[target.table].schema))


def positions_of(header: tuple[str, ...]) -> dict[str, int]:
    """Return each header's first position, by its normal form."""
    positions: dict[str, int] = {}
    for index, name in enumerate(header):
        if name:
            positions.setdefault(normal_header(name), index)
    return positions


def _said_of_header(form: _Form) -> Iterator[Issue]:
    raw = form.raw
    place = raw.source.place(sheet=raw.sheet, line=raw.header_line)
    known = {normal_header(name) for name in headers_of(form.layout)} | ADDED_TO_REJECTED
    counts = Counter(normal_header(name) for name in raw.header if name)
    twice = [name for name, count in counts.items() if count > 1]
    if read_twice := [name for name in twice if name in known - {normal_header(name) for name in form.layout.ignored}]:
        raise ReportableError.of("intake.column_twice", place=place, values={"columns": ", ".join(read_twice)})
    if twice:
        yield Issue("intake.unread_column_twice", Severity.WARNING, place, {"columns": ", ".join(twice)})
    lacking = [
        " / ".join(alternatives.split("|"))
        for alternatives in form.layout.advised
        if not present(tuple(alternatives.split("|")), form.positions)
    ]
    if lacking:
        yield Issue("intake.advised_missing", Severity.WARNING, place, {"columns": "; ".join(lacking)})
    unknown = [name for name in raw.header if name and normal_header(name) not in known]
    if unknown and not form.layout.every_other_column:
        values: dict[str, str | int] = {"columns": ", ".join(name[:40] for name in unknown[:30]), "count": len(unknown)}
        yield Issue("intake.unknown_columns", Severity.WARNING, place, values)


def _rejected(form: _Form, row: BadRow) -> Rejected:
    place = form.raw.source.place(sheet=form.raw.sheet, line=row.line)
    return Rejected(form.main_table, place, form.raw.header, row.cells, row.issues)


@dataclass(frozen=True)
class _Made:
    """What a batch gives to one table, and the row of the batch that each of its rows comes from (None: the same)."""

    target: TableMap
    raw: RawBatch
    taken: pa.Array | None
    columns: list[ColumnRead]

    def batch(self, source_rows: pa.Array) -> pa.RecordBatch:
        rows = source_rows if self.taken is None else source_rows.take(self.taken)
        arrays = [*(got.read.values for got in self.columns), rows]
        return pa.RecordBatch.from_arrays(arrays, schema=canonical_tables()[self.target.table].schema)


def _convert_batch(form: _Form, batch: RawBatch, tally: Tally) -> Iterator[Piece]:
    count = len(batch.lines)
    source_rows = pa.array(np.arange(tally.rows + 1, tally.rows + count + 1), pa.int64())
    tally.rows += count
    found: dict[int, list[Issue]] = {}
    made = [_made(form, batch, target) for target in form.layout.tables]
    for each in made:
        _collect(found, form, each)
    if form.layout.together:
        _refuse_together(found, form, batch, made)
    good = pa.array([row not in found for row in range(count)], pa.bool_()) if found else None
    for each in made:
        mask = good if good is None or each.taken is None else good.take(each.taken)
        yield from _rows(each, source_rows, mask, tally, form)
    for row in sorted(found):
        line = batch.lines[row].as_py()
        yield _rejected(form, BadRow(line, cells_of(batch, row), tuple(found[row])))


def _made(form: _Form, batch: RawBatch, target: TableMap) -> _Made:
    taken = _taken(batch, target.where, form.positions)
    part = batch if taken is None else _part(batch, taken)
    if target.split is not None and (split := split_cells(part, target.split, form.positions)):
        part, rows = split
        taken = rows if taken is None else taken.take(rows)
    return _Made(target, part, taken, _columns(form, part, target))


def _refuse_together(found: dict[int, list[Issue]], form: _Form, batch: RawBatch, made: list[_Made]) -> None:
    """Refuse every row of an order of which a row is refused, or whose amounts contradict each other."""
    key = present(form.layout.together, form.positions)[0]
    for each in made:
        if each.target.rolled_up is not None:
            table = canonical_tables()[each.target.table]
            rows = each.batch(pa.array(range(len(batch.lines)), pa.int64()))
            for row in disagreeing(rows, table, each.target.rolled_up.sums).to_pylist():
                place = form.raw.source.place(sheet=form.raw.sheet, line=each.raw.lines[row].as_py())
                issue = Issue("intake.order_disagrees", Severity.REJECTED, place)
                found.setdefault(row if each.taken is None else each.taken[row].as_py(), []).append(issue)
    if not found:
        return
    keys = keys_of(batch, key)
    bad = pc.unique(keys.take(pa.array(sorted(found), pa.int64()))).drop_null()
    for row in pc.indices_nonzero(pc.is_in(keys, value_set=bad)).to_pylist():
        found.setdefault(row, [part_of_order(form.raw, batch.lines[row].as_py())])


def _part(batch: RawBatch, rows: pa.Array) -> RawBatch:
    return RawBatch(tuple(column.take(rows) for column in batch.columns), batch.lines.take(rows))


def _columns(form: _Form, batch: RawBatch, target: TableMap) -> list[ColumnRead]:
    columns = []
    for column in canonical_tables()[target.table].columns:
        how = target.columns.get(column.name, ColumnMap())
        if column.name == SHOP and how.constant is None:
            how = how.model_copy(update={"constant": form.options.shop})
        columns.append(read_column(batch, column, how, positions=form.positions, clock=form.options.clock))
    return columns


def _collect(found: dict[int, list[Issue]], form: _Form, made: _Made) -> None:
    """Add what is wrong with the rows that the target takes."""
    batch, taken = made.raw, made.taken
    for column, got in zip(canonical_tables()[made.target.table].columns, made.columns, strict=True):
        problems = dict(got.read.problems)
        if column.required and got.read.values.null_count:
            for row in pc.indices_nonzero(pc.is_null(got.read.values)).to_pylist():
                problems.setdefault(row, Problem("intake.missing_value"))
        for row, problem in problems.items():
            place = form.raw.source.place(sheet=form.raw.sheet, line=batch.lines[row].as_py(), column=got.header)
            issue = Issue(problem.code, Severity.REJECTED, place, problem.values)
            said = found.setdefault(row if taken is None else taken[row].as_py(), [])
            if issue not in said:
                said.append(issue)


def _rows(made: _Made, source_rows: pa.Array, mask: pa.Array | None, tally: Tally, form: _Form) -> Iterator[Piece]:
    batch = made.batch(source_rows)
    roll = made.target.rolled_up
    parts = None if roll is None else _part_names(made.raw, roll.parts, form.positions)
    if mask is not None:
        batch = batch.filter(mask)
        parts = None if parts is None else parts.filter(mask)
    if roll is not None:
        batch = rolled_up(batch, canonical_tables()[made.target.table], roll.sums, parts)
    if not batch.num_rows:
        return
    schema = batch.schema
    if {"created_at", "paid_at"} <= set(schema.names):
        early = pc.less(batch.column("paid_at"), batch.column("created_at"))
        tally.paid_too_early += pc.sum(early).as_py() or 0
    if form.canonical and not tally.other_shop_said and SHOP in schema.names:
        other = pc.not_equal(batch.column(SHOP), form.options.shop)
        if pc.any(other).as_py():
            tally.other_shop_said = True
            values = {"asked": form.options.shop}
            yield Issue("intake.other_shop", Severity.WARNING, form.raw.source.place(column=SHOP), values)
    yield Rows(made.target.table, batch)


def _part_names(batch: RawBatch, headers: tuple[str, ...], positions: Positions) -> pa.Array | None:
    """Return what names the part that each row tells of; None where the form has no such column."""
    found = [texts for name in headers if (texts := texts_of(batch, (name,), positions)) is not None]
    if not found:
        return None
    names = pc.binary_join_element_wise(*found, "\x1f", null_handling="replace", null_replacement="")
    return pc.if_else(pc.equal(names, "\x1f" * (len(found) - 1)), None, names)


def _taken(batch: RawBatch, conditions: tuple[Condition, ...], positions: Positions) -> pa.Array | None:
    """Return the rows that meet all conditions; None when there is none to meet."""
    mask: pa.Array | None = None
    for condition in conditions:
        texts = texts_of(batch, condition.headers, positions)
        if texts is None:
            texts = pa.nulls(len(batch.lines), pa.string())
        met = pc.fill_null(_meets(texts, condition), False)
        mask = met if mask is None else pc.and_(mask, met)
    return None if mask is None else pc.indices_nonzero(mask)


def _meets(texts: pa.Array, condition: Condition) -> pa.Array:
    if condition.empty:
        texts = pc.if_else(pc.is_in(texts, value_set=pa.array(condition.empty, pa.string())), None, texts)
    match condition.test:
        case "present":
            return pc.is_valid(texts)
        case "absent":
            return pc.is_null(texts)
        case "not_zero":
            amounts = [text and parse_yuan(text) for text in texts.to_pylist()]
            said = zip(texts.to_pylist(), amounts, strict=True)
            return pa.array([bool(text) and amount != 0 for text, amount in said], pa.bool_())
        case "one_of" | "none_of":
            among = pc.is_in(texts, value_set=pa.array(condition.words, pa.string()))
            return among if condition.test == "one_of" else pc.invert(among)


def _add(sums: dict[str, Decimal], batch: RawBatch, form: _Form) -> None:
    for name in form.money_headers:
        texts = texts_of(batch, (name,), form.positions)
        if texts is not None:
            sums[name] = sums.get(name, Decimal(0)) + sum_yuan(texts)


def _add_cells(sums: dict[str, Decimal], row: BadRow, form: _Form) -> None:
    for name in form.money_headers:
        index = form.positions[normal_header(name)]
        cell = cleaned(pa.array([row.cells[index]]))[0].as_py() if index < len(row.cells) else None
        sums[name] = sums.get(name, Decimal(0)) + ((parse_yuan(cell) if cell else None) or Decimal(0))
