"""A page on the terminal: Chinese widths right, numbers at the right; what does not fit side by side goes below."""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from xiaoer.actions.render.page import Cell, For, Page, Screen, mark_of
from xiaoer.actions.wording import word

GAP = 2
AS_WIDE_AS_IT_LIKES = 100_000


def render_table(page: Page, screen: Screen) -> bytes:
    """Return the page as text; columns that do not fit the width come in further blocks with the fixed ones again."""
    page = page.shown_to(For.READING)
    file = StringIO()
    console = Console(
        file=file, width=screen.width or AS_WIDE_AS_IT_LIKES, force_terminal=screen.color, highlight=False,
        markup=False, emoji=False, color_system="standard" if screen.color else None,
    )  # fmt: skip
    console.print(Text(page.title, style="bold"), soft_wrap=True)
    for line in page.lead:
        console.print(Text(line), soft_wrap=True)
    if page.rows:
        shown = page.rows[: screen.most_rows]
        for block in _blocks(page, shown, screen.width):
            console.print()
            console.print(_table(page, shown, block))
        if len(shown) < len(page.rows):
            text = word("more_rows", page.language, shown=f"{len(shown):,}", rows=f"{len(page.rows):,}")
            console.print(Text(text, style="dim"), soft_wrap=True)
    if page.notes:
        console.print()
    for note in page.notes:
        console.print(Text(note), soft_wrap=True)
    return ("\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n").encode()


def _blocks(page: Page, shown: Sequence[Sequence[Cell]], width: int | None) -> Iterator[list[int]]:
    """Yield the columns of each block; a block holds at least one column beside the fixed ones."""
    widths = [_width(page, shown, place) for place in range(len(page.columns))]
    fixed = [place for place, column in enumerate(page.columns) if column.fixed]
    free = [place for place, column in enumerate(page.columns) if not column.fixed]
    left = (width or AS_WIDE_AS_IT_LIKES) - sum(widths[place] + GAP for place in fixed)
    block: list[int] = []
    used = 0
    for together in _groups(page, free):
        wide = sum(widths[place] + GAP for place in together)
        if block and used + wide > left:
            yield [*fixed, *block]
            block, used = [], 0
        block += together
        used += wide
    yield [*fixed, *block]


def _groups(page: Page, free: Sequence[int]) -> list[list[int]]:
    """Return columns with those that stand beside them: a comparison is not read apart from its figure."""
    groups: list[list[int]] = []
    for place in free:
        if page.columns[place].beside and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _width(page: Page, shown: Sequence[Sequence[Cell]], place: int) -> int:
    column = page.columns[place]
    cells = [row[place] for row in _with_total(page, shown)]
    head = max(cell_len(column.label), cell_len(column.unit))
    return max([head, *(cell_len(cell.text) + len(mark_of(cell)) for cell in cells)])


def _with_total(page: Page, shown: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    return [*shown, page.total] if page.total is not None else list(shown)


def _table(page: Page, shown: Sequence[Sequence[Cell]], block: Sequence[int]) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    rows = _with_total(page, shown)
    units = any(page.columns[place].unit for place in block)
    marks = {place: max((len(mark_of(row[place])) for row in rows), default=0) for place in block}
    for place in block:
        column = page.columns[place]
        lines = [column.label, column.unit] if units else [column.label]
        head = "\n".join(line + " " * (0 if column.left else marks[place]) for line in lines)
        table.add_column(head, justify="left" if column.left else "right", no_wrap=True, overflow="crop")
    for number, row in enumerate(rows):
        is_total = page.total is not None and number == len(rows) - 1
        table.add_row(*(_cell(row[place], marks[place]) for place in block), style="bold" if is_total else None)
    return table


def _cell(cell: Cell, most_marks: int) -> Text:
    mark = mark_of(cell)
    style = "red" if cell.missed else "yellow" if cell.worse else "dim" if cell.immature else ""
    return Text(cell.text + mark + " " * (most_marks - len(mark)), style=style)
