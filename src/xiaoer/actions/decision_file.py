"""People's decisions about findings as a table of values: a CSV that the site, or a spreadsheet, writes."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.mask import shown_word
from xiaoer.inspection.score import Decision, FindingId, Verdict

FORMULA = ("=", "+", "-", "@")
COLUMNS = ("shop", "day", "agent", "buyer", "item", "verdict")


def read_decisions(path: Path) -> dict[FindingId, Decision]:
    """Return the decisions of a UTF-8 CSV with the columns of COLUMNS; of one finding the last row holds.

    A ReportableError lists every row that can not be read, with its line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ReportableError.of("models.no_decisions", values={"file": path.name}) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        values = {"file": path.name, "missing": ", ".join(missing)}
        raise ReportableError.of("models.decision_columns", values=values)
    made: dict[FindingId, Decision] = {}
    issues: list[Issue] = []
    for line, row in _rows(reader):
        verdict, day = _verdict(row["verdict"]), _day(row["day"])
        whole = all(row[name] for name in COLUMNS)
        if verdict is None or day is None or not whole:
            bad = "verdict" if verdict is None else "day" if day is None else "row"
            issues.append(_bad(path.name, line, bad, row.get(bad, "")))
        else:
            made[FindingId(row["shop"], day, row["agent"], row["buyer"], row["item"])] = Decision(verdict)
    if issues:
        raise ReportableError(issues)
    return made


def _rows(reader: csv.DictReader) -> Iterator[tuple[int, dict[str, str]]]:  # type: ignore[type-arg]
    for row in reader:
        yield reader.line_num, {name: _read(row.get(name) or "") for name in COLUMNS}


def harmless(text: str) -> str:
    """Return a text as a spreadsheet takes it for neither a formula nor a number; read back it is the same."""
    return f"'{text}" if text.startswith((*FORMULA, "'")) or (text.isdigit() and len(text) > 1) else text


def _read(text: str) -> str:
    plain = text.strip()
    return plain[1:] if plain.startswith("'") else plain


def _verdict(text: str) -> Verdict | None:
    return Verdict(text) if text in Verdict._value2member_map_ else None


def _day(text: str) -> str | None:
    try:
        return str(date.fromisoformat(text))
    except ValueError:
        return None


def _bad(file: str, line: int, column: str, found: str) -> Issue:
    values = {"found": shown_word(found) or "–", "verdicts": ", ".join(Verdict)}
    return Issue("models.bad_decision", Severity.ERROR, Place(file=file, line=line, column=column), values)
