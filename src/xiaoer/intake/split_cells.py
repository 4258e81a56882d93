"""One row that holds several records, their cells joined by a sign, becomes a row for each."""

import pyarrow as pa

from xiaoer.intake.columns import Positions, present
from xiaoer.intake.platform import Split
from xiaoer.intake.raw import RawBatch
from xiaoer.intake.values.read_values import as_texts
from xiaoer.intake.values.texts import cleaned


def split_cells(batch: RawBatch, split: Split, positions: Positions) -> tuple[RawBatch, pa.Array] | None:
    """Return the rows and, for each, the row it comes from; None when no row holds several.

    A cell of `each` that is not as many parts as there are records says nothing of any one of them: it is left empty.
    So is a total of several; a count that equals their number is one each.
    """
    found = present(split.by, positions)
    if not found:
        return None
    names = cleaned(as_texts(batch.columns[found[0]])).to_pylist()
    parts = [len(_parts(name, split.sign)) if name else 1 for name in names]
    if max(parts, default=1) < 2:
        return None
    rows = pa.array([row for row, count in enumerate(parts) for _ in range(count)], pa.int64())
    columns = [column.take(rows) for column in batch.columns]
    for index in present((*split.by, *split.each), positions):
        columns[index] = _spread(batch.columns[index], parts, split.sign)
    for index in present(split.counts, positions):
        columns[index] = _spread(batch.columns[index], parts, split.sign, one_each=True)
    return RawBatch(tuple(columns), batch.lines.take(rows)), rows


def _spread(column: pa.Array, parts: list[int], sign: str, *, one_each: bool = False) -> pa.Array:
    texts = cleaned(as_texts(column)).to_pylist()
    spread: list[str | None] = []
    for text, count in zip(texts, parts, strict=True):
        cells = _parts(text, sign) if text else []
        if count == 1:
            spread.append(text)
        elif len(cells) == count:
            spread += [cell or None for cell in cells]
        else:
            spread += ["1" if one_each and text == str(count) else None] * count
    return pa.array(spread, pa.string())


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.replace("；", sign).rstrip(sign).split(sign)]
