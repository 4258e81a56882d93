"""An evidence pack as HTML, as PDF and as JSON: timeline, the customer's own words, orders, findings, hashes."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from xiaoer.actions.evidence_pack import EvidencePack, PackLine, PackOrder
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language

STYLE = (
    "body{font:15px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:60em;margin:2em auto;"
    "padding:0 1em;color:#1c2430}h1{font-size:1.4em}h2{font-size:1.1em;margin-top:2em;border-bottom:1px solid #ccd3dd}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em;"
    "border-bottom:1px solid #e3e7ee}mark{background:#ffe08a}code{font-size:.8em;word-break:break-all;color:#5b6675}"
    "blockquote{margin:.4em 0;padding:.3em 1em;border-left:4px solid #c0392b;background:#fbf3f2}"
    ".t{white-space:nowrap;font-variant-numeric:tabular-nums}@media print{body{margin:0}}"
)
# Fonts with Chinese characters, where systems keep them; the number is that of the Simplified face in a collection.
FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simsun.ttc", 0),
    ("/System/Library/Fonts/STHeiti Light.ttc", 0),
    ("/Library/Fonts/Arial Unicode.ttf", 0),
)


def pack_html(pack: EvidencePack) -> bytes:
    """Return the pack as one HTML file that needs nothing beside it."""
    said = pack.language
    parts = [
        f'<!doctype html><html lang="{said}"><meta charset="utf-8">',
        f'<meta name="viewport" content="width=device-width"><title>{escape(_title(pack))}</title>',
        f"<style>{STYLE}</style><h1>{escape(_title(pack))}</h1><p>{escape(_about(pack))}</p>",
        f"<h2>{word('evidence_quotes', said)}</h2>",
        *(f"<blockquote><span class=t>{_time(line)}</span> {_marked(line)}</blockquote>" for line in pack.quotes),
        *([] if pack.quotes else [f"<p>{word('evidence_no_quotes', said)}</p>"]),
        f"<h2>{word('evidence_findings', said)}</h2><ul>",
        *(f"<li>{escape(one.label)}：{escape(one.reason)}</li>" for one in pack.findings),
        f"</ul><h2>{word('evidence_orders', said)}</h2>",
        _orders_html(pack),
        f"<h2>{word('evidence_timeline', said)}</h2><table>",
        *(_line_html(line, said) for line in pack.lines),
        f"</table><h2>{word('evidence_hash', said)}</h2><p><code>{pack.hash}</code></p>",
        f"<p>{escape(word('evidence_how', said))}</p></html>",
    ]
    return "\n".join(parts).encode()


def _orders_html(pack: EvidencePack) -> str:
    if not pack.orders:
        return f"<p>{word('evidence_no_orders', pack.language)}</p>"
    rows = (f"<tr><td>{'</td><td>'.join(map(escape, _order(one, pack.language)))}</td></tr>" for one in pack.orders)
    return f"<table>{''.join(rows)}</table>"


def _line_html(line: PackLine, language: Language) -> str:
    who = word(f"inspect_sender_{line.sender}", language)
    return f"<tr><td class=t>{_time(line)}</td><td>{who}</td><td>{_marked(line)}<br><code>{line.hash}</code></td></tr>"


def _marked(line: PackLine) -> str:
    """Return a message with the words that findings rest on marked."""
    made, at = "", 0
    for start, end in line.quoted:
        if start >= at and end > start:
            made += f"{escape(line.text[at:start])}<mark>{escape(line.text[start:end])}</mark>"
            at = end
    return made + escape(line.text[at:])


def pack_pdf(pack: EvidencePack) -> bytes:
    """Return the pack as PDF; a ReportableError where no font of this computer has Chinese characters."""
    from fpdf import FPDF

    font = next(((path, face) for path, face in FONTS if Path(path).exists()), None)
    if font is None:
        raise ReportableError.of("inspect.no_font")
    document = FPDF()
    document.set_creation_date(pack.lines[-1].at)  # the same pack gives the same file
    document.add_font("cjk", "", font[0], collection_font_number=font[1])
    document.add_page()
    document.set_auto_page_break(auto=True, margin=15)
    for size, text in _printed(pack):
        document.set_font("cjk", size=size)
        document.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output() or b"")


def _printed(pack: EvidencePack) -> Iterator[tuple[int, str]]:
    """Yield the lines of the printed pack with their size."""
    said = pack.language
    yield 16, _title(pack)
    yield 10, _about(pack)
    yield 13, f"\n{word('evidence_quotes', said)}"
    for line in pack.quotes:
        yield 11, f"{_time(line)}  “{line.text}”"
    if not pack.quotes:
        yield 10, word("evidence_no_quotes", said)
    yield 13, f"\n{word('evidence_findings', said)}"
    for one in pack.findings:
        yield 10, f"· {one.label}：{one.reason}"
    yield 13, f"\n{word('evidence_orders', said)}"
    for order in pack.orders:
        yield 10, "  ".join(_order(order, said))
    if not pack.orders:
        yield 10, word("evidence_no_orders", said)
    yield 13, f"\n{word('evidence_timeline', said)}"
    for line in pack.lines:
        yield 10, f"{_time(line)}  {word(f'inspect_sender_{line.sender}', said)}：{line.text}"
        yield 6, line.hash
    yield 13, f"\n{word('evidence_hash', said)}"
    yield 8, pack.hash
    yield 10, word("evidence_how", said)


def pack_json(pack: EvidencePack) -> bytes:
    """Return the pack for programs."""
    content = {
        "conversation": str(pack.id), "shop": pack.shop, "hash": pack.hash,
        "lines": [
            {"at": line.at.isoformat(), "sender": line.sender, "text": line.text, "hash": line.hash,
             "quoted": [list(span) for span in line.quoted]}
            for line in pack.lines
        ],
        "findings": [{"item": one.id.item, "label": one.label, "at": one.at.isoformat()} for one in pack.findings],
        "orders": [
            {"order_id": one.order_id, "status": one.status, "amount": None if one.amount is None else str(one.amount),
             **{name: None if at is None else at.isoformat() for name, at in one.times.items()}}
            for one in pack.orders
        ],
    }  # fmt: skip
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _title(pack: EvidencePack) -> str:
    return f"{word('evidence_title', pack.language)} · {pack.id}"


def _about(pack: EvidencePack) -> str:
    first, last = pack.lines[0].at, pack.lines[-1].at
    return word(
        "evidence_about", pack.language, shop=pack.shop, first=first.strftime("%Y-%m-%d %H:%M:%S"),
        last=last.strftime("%H:%M:%S"), zone=str(first.tzinfo), messages=len(pack.lines),
    )  # fmt: skip


def _order(order: PackOrder, language: Language) -> list[str]:
    times = [
        f"{word(f'evidence_{name}', language)} {at.strftime('%Y-%m-%d %H:%M:%S')}"
        for name, at in order.times.items()
        if at is not None
    ]
    return [order.order_id, "" if order.amount is None else f"¥{order.amount:.2f}", *times]


def _time(line: PackLine) -> str:
    return line.at.strftime("%H:%M:%S")


FORMATS = {".html": pack_html, ".pdf": pack_pdf, ".json": pack_json}
