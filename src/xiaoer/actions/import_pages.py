"""Imports as pages: what came of files just read, all imports so far, one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiaoer.actions.import_files import FileOutcome, ImportOutcome
from xiaoer.actions.plain_issue import say_plain
from xiaoer.actions.render.cell_text import NOTHING, cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.issues import Severity
from xiaoer.base.language import Language, say
from xiaoer.base.tables import canonical_tables

_OUTCOME = {"file": Kind.TEXT, "status": Kind.TEXT, "number": Kind.TEXT, "rows": Kind.TEXT, "rejected": Kind.COUNT}
_LIST = {
    "number": Kind.TEXT, "at": Kind.TEXT, "shop": Kind.TEXT, "platform": Kind.TEXT, "file": Kind.TEXT,
    "rows": Kind.TEXT, "days": Kind.TEXT, "rejected": Kind.COUNT, "state": Kind.TEXT,
}  # fmt: skip


def outcome_page(outcome: ImportOutcome, language: Language) -> Page:
    """Return what came of each file. What is wrong with refused files is not on it: that goes to the error stream."""
    statuses = [one.status for one in outcome.files]
    counts = {name: statuses.count(name) for name in ("imported", "already", "checked", "refused") if name in statuses}
    said = [word(f"imports_{name}", language, number=number) for name, number in counts.items()]
    return Page(
        name="import",
        title=" · ".join(said),
        columns=_columns(_OUTCOME, language),
        rows=tuple(_outcome_row(one, language) for one in outcome.files),
        language=language,
        data={"files": [_outcome_data(one, language) for one in outcome.files]},
        notes=(
            *(_rejected_note(one, language) for one in outcome.files if one.rejected and one.import_id),
            *_left_out_notes(outcome, language),
        ),
    )


def imports_page(imports: list[dict[str, Any]], language: Language) -> Page:
    """Return all imports, the latest first."""
    return Page(
        name="imports",
        title=word("imports_title", language, number=len(imports)),
        columns=_columns(_LIST, language),
        rows=tuple(_import_row(one, language) for one in imports),
        language=language,
        data={"imports": imports},
        notes=() if imports else (word("no_imports", language),),
    )


def import_page(made: dict[str, Any], language: Language) -> Page:
    """Return one import with everything that was noted about it."""
    pairs = {
        "file": made["file_name"],
        "shop": made["shop"],
        "platform": made["platform"],
        "recognised": recognised_text(made, language),
        "at": made["at"],
        "exported_at": made["exported_at"] or NOTHING,
        "rows": rows_text(made.get("rows", {}), language),
        "repeated": rows_text(made.get("repeated", {}), language),
        "days": _days(made),
        "totals": _totals(made.get("totals", {})),
        "rejected": str(made.get("rejected", 0)),
        "rejected_files": "\n".join(made.get("rejected_files", [])) or NOTHING,
        "state": _state(made, language),
    }
    colon = "：" if language != "en" else ": "
    issues = [f"{issue['count']} × {say_plain(issue, language)}" for issue in made.get("issues", [])]
    return Page(
        name="import",
        title=word("import_title", language, number=made["id"]),
        columns=(),
        rows=(),
        language=language,
        data=made,
        lead=tuple(f"{word(f'import_{key}', language)}{colon}{text}" for key, text in pairs.items()),
        notes=tuple(issues),
    )


def recognised_text(made: Mapping[str, Any], language: Language) -> str:
    """Return how an import's file was recognised; a dash for one that a program put in as rows."""
    kept = made.get("recognised")
    return say_plain(kept, language) if kept else NOTHING


def rows_text(rows: Mapping[str, int], language: Language) -> str:
    """Return how many rows of each table, as in "订单 1,203，退款 12"."""
    tables = canonical_tables()
    said = [f"{tables[table].label.in_language(language)} {number:,}" for table, number in rows.items()]
    return ("，" if language != "en" else ", ").join(said) or NOTHING


def _columns(kinds: Mapping[str, Kind], language: Language) -> tuple[Column, ...]:
    return tuple(Column(name, word(f"import_{name}", language), kind) for name, kind in kinds.items())


def _cells(kinds: Mapping[str, Kind], values: Mapping[str, Value], language: Language) -> tuple[Cell, ...]:
    return tuple(cell_of(kind, values[name], language) for name, kind in kinds.items())


def _outcome_row(one: FileOutcome, language: Language) -> tuple[Cell, ...]:
    values: dict[str, Value] = {
        "file": one.file,
        "status": word(f"status_{one.status}", language),
        "number": str(one.import_id) if one.import_id is not None else None,
        "rows": rows_text(one.report.get("rows", {}), language),
        "rejected": one.rejected or None,
    }
    return _cells(_OUTCOME, values, language)


def _outcome_data(one: FileOutcome, language: Language) -> dict[str, object]:
    issues = [
        {"code": issue.code, "severity": issue.severity.value, "line": issue.place.line, "text": say(issue, language)}
        for issue in one.issues
    ]
    return {
        "file": one.file,
        "status": one.status,
        "import": one.import_id,
        "report": dict(one.report),
        "issues": issues,
    }


def _rejected_note(one: FileOutcome, language: Language) -> str:
    return word("rejected_kept", language, file=one.file, number=one.rejected, id=one.import_id)


def _left_out_notes(outcome: ImportOutcome, language: Language) -> list[str]:
    """Return what was left out of files on purpose; how each was recognised is in `imports show`."""
    told = [issue for one in outcome.files if one.status != "already" for issue in one.issues]
    notes = [issue for issue in told if issue.severity is Severity.NOTE and issue.code != "intake.recognised"]
    return list(dict.fromkeys(say(issue, language) for issue in notes))


def _import_row(made: Mapping[str, Any], language: Language) -> tuple[Cell, ...]:
    values: dict[str, Value] = {
        "number": str(made["id"]),
        "at": datetime.fromisoformat(made["at"]).astimezone(),
        "shop": made["shop"],
        "platform": made["platform"],
        "file": made["file_name"],
        "rows": rows_text(made.get("rows", {}), language),
        "days": _days(made),
        "rejected": made.get("rejected") or None,
        "state": _state(made, language),
    }
    return _cells(_LIST, values, language)


def _days(made: Mapping[str, Any]) -> str:
    return " – ".join(dict.fromkeys(made.get("message_days", []))) or NOTHING


def _totals(totals: Mapping[str, Mapping[str, str]]) -> str:
    said = [f"{name} {amount}" for sums in totals.values() for name, amount in sums.items()]
    return ", ".join(said) or NOTHING


def _state(made: Mapping[str, Any], language: Language) -> str:
    return word("state_undone" if made["undone"] else "state_counts", language)


def said_issues(outcome: ImportOutcome, language: Language) -> list[str]:
    """Return every issue worth a line on the error stream: what was refused, rejected or should be known."""
    worth = (Severity.ERROR, Severity.REJECTED, Severity.WARNING)
    lines = [say(issue, language) for one in outcome.files for issue in one.issues if issue.severity in worth]
    return list(dict.fromkeys(lines))
