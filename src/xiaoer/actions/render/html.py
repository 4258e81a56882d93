"""A page as one self-contained file: no request leaves it, dark where the screen is, sorted by a click, prints."""

from datetime import datetime
from decimal import Decimal
from html import escape

from xiaoer.actions.render.html_parts import SCRIPT, STYLE
from xiaoer.actions.render.page import IMMATURE_MARK, MISSED_MARK, Cell, Column, Page, Screen
from xiaoer.actions.wording import word


def render_html(page: Page, screen: Screen) -> bytes:
    """Return the page's HTML, UTF-8; how wide a terminal is changes nothing."""
    language = "en" if page.language == "en" else "zh-CN"
    lead = "".join(f"<p>{escape(line)}</p>" for line in page.lead)
    notes = "".join(f"<li>{escape(note)}</li>" for note in page.notes)
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(page.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>{_title(page.title)}{lead}</header>
<main>
<div class="wide">
<table>
<thead><tr>{"".join(_head(column) for column in page.columns)}</tr></thead>
<tbody>
{_body(page)}
</tbody>
{_foot(page)}
</table>
<div class="edge"><span></span></div>
</div>
</main>
{f'<ul class="notes">{notes}</ul>' if notes else ""}
{_about(page)}
<script>{SCRIPT}</script>
</body>
</html>
""".encode()


def _title(title: str) -> str:
    """Return the title with its first part large and the others beside it."""
    first, *others = title.split(" · ")
    beside = "".join(f"<span>{escape(other)}</span>" for other in others)
    return f'<div class="title"><h1>{escape(first)}</h1><div>{beside}</div></div>'


def _head(column: Column) -> str:
    unit = f"<small>{escape(column.unit)}</small>" if column.unit else ""
    told = f' title="{escape(column.help)}"' if column.help else ""
    kind = " ".join(part for part in ("left" if column.left else "", "fixed" if column.fixed else "") if part)
    return f'<th scope="col" class="{kind}"{told} aria-sort="none"><button>{escape(column.label)}{unit}</button></th>'


def _body(page: Page) -> str:
    if not page.rows:
        text = escape(word("no_rows", page.language))
        return f'<tr><td class="left" colspan="{max(1, len(page.columns))}">{text}</td></tr>'
    return "\n".join(f"<tr>{_cells(page, row)}</tr>" for row in page.rows)


def _foot(page: Page) -> str:
    return f"<tfoot><tr>{_cells(page, page.total)}</tr></tfoot>" if page.total is not None else ""


def _cells(page: Page, row: tuple[Cell, ...]) -> str:
    return "".join(_cell(column, cell, page.language) for column, cell in zip(page.columns, row, strict=True))


def _cell(column: Column, cell: Cell, language: str) -> str:
    states = {"left": column.left, "fixed": column.fixed, "missed": cell.missed, "immature": cell.immature}
    kind = " ".join(name for name, holds in states.items() if holds)
    marks = _mark(MISSED_MARK, "missed", cell.missed, language) + _mark(
        IMMATURE_MARK, "immature", cell.immature, language
    )
    tag = "th" if column.fixed else "td"
    scope = ' scope="row"' if column.fixed else ""
    return f'<{tag}{scope} class="{kind}" data-value="{escape(_sortable(cell))}">{escape(cell.text)}{marks}</{tag}>'


def _mark(mark: str, name: str, holds: bool, language: str) -> str:
    return f'<i title="{escape(word(f"state_{name}", language))}">{mark}</i>' if holds else ""


def _sortable(cell: Cell) -> str:
    """Return the exact value as a text that the page's script reads back; empty for none."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _about(page: Page) -> str:
    if not page.about:
        return ""
    told = ((label, said) for label, said in page.about if said not in page.notes)  # notes stand above already
    pairs = "".join(f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>" for label, said in told)
    return f'<section class="about"><h2>{escape(word("sheet_about", page.language))}</h2><dl>{pairs}</dl></section>'
