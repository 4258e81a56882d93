"""A bank's call log: tab-separated, one row per call, a date and times of day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "bank_calls"
HEADER = ("call_id", "queue", "caller", "agent", "offered_at", "answered_at", "ended_at", "abandoned_at", "outcome")
SOURCE_COLUMNS = (
    "vru+line", "call_id", "customer_id", "type", "date", "vru_entry", "vru_exit", "vru_time", "q_start", "q_exit",
    "q_time", "outcome", "ser_start", "ser_exit", "ser_time", "server",
)  # fmt: skip
HALF_A_DAY = timedelta(hours=12)
NOBODY = "NO_SERVER"


def recognises(source: Source) -> bool:
    """Return whether the first line is the log's header."""
    if not is_text(source.head):
        return False
    return set(SOURCE_COLUMNS) <= set(_names(head_text(source).split("\n", 1)[0]))


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of calls; rows that are no calls are counted in notes."""
    yield text_table(NAME, source, header=HEADER, rows=_calls(source))


def _names(line: str) -> list[str]:
    return [
        name.strip().lower().replace(".", "+") if "line" in name else name.strip().lower() for name in line.split("\t")
    ]


def _calls(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    lines = text_lines(source)
    names = _names(next(lines)[1].removeprefix("\ufeff"))
    left_out: Counter[str] = Counter()
    for number, line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if len(cells) < len(names):
            row = {name: cells[place] if place < len(cells) else "" for place, name in enumerate(names)}
            yield _bad(source, number, row, code="chat.call_cut_short")
            continue
        row = dict(zip(names, cells, strict=False))
        call = _one(row, number=number, left_out=left_out)
        if isinstance(call, TextRow):
            yield call
        elif call is not None:
            yield _bad(source, number, row, code=call)
    for code in sorted(left_out):
        severity = Severity.WARNING if code == "chat.callers_damaged" else Severity.NOTE
        yield Issue(code, severity, source.place(), {"count": left_out[code]})


def _bad(source: Source, number: int, row: Mapping[str, str], *, code: str) -> BadRow:
    """Return the row under our header, its times as they are written: that file can be mended and imported."""
    answered = row["outcome"].upper() == "AGENT"
    names = ("vru_entry", "ser_start", "ser_exit", "") if answered else ("vru_entry", "", "", "vru_exit")
    times = [f"{_written_day(row['date'])} {row[name]}" if name and row[name] else "" for name in names]
    cells = (_call_id(row), row["type"], "", row["server"].replace(NOBODY, ""), *times, row["outcome"])
    return BadRow(number, cells, (Issue(code, Severity.REJECTED, source.place(line=number)),))


def _call_id(cells: Mapping[str, str]) -> str:
    """A line counts its own calls, and may start again: line, number and day together are one call's alone."""
    return f"{cells['date']}-{cells['vru+line']}-{cells['call_id']}"


def _one(cells: Mapping[str, str], *, number: int, left_out: Counter[str]) -> TextRow | str | None:
    """Return the call, the code of what is wrong with it, or None (and a count) for a row that is no call."""
    outcome = cells["outcome"].upper()
    if outcome == "PHANTOM":
        left_out["chat.calls_phantom"] += 1
        return None
    if outcome not in ("AGENT", "HANG"):
        return "chat.call_outcome"
    try:
        if int(cells["vru_time"]) < 0:
            left_out["chat.calls_backwards"] += 1
            return None
        times = _times(cells, answered=outcome == "AGENT")
    except (ValueError, OverflowError):
        return "chat.call_times"
    caller = cells["customer_id"]
    if "E+" in caller.upper():  # the spreadsheet's rounding made different callers alike
        left_out["chat.callers_damaged"] += 1
        caller = "0"
    agent = cells["server"] if cells["server"] not in (NOBODY, "") else None
    return TextRow(
        number, (_call_id(cells), cells["type"] or None, caller.strip("0") and caller, agent, *times, outcome)
    )


def _times(cells: Mapping[str, str], *, answered: bool) -> tuple[str, str | None, str | None, str | None]:
    """Return offered_at, answered_at, ended_at and abandoned_at; 0:00:00 is no time where nothing lasted.

    An answered call without service times was cut off at once: it was answered and ended when its wait was over.
    """
    day = _day(cells["date"])
    offered = _at(day, cells["vru_entry"])
    waited_until = _after(offered, day, cells["q_exit"] if int(cells["q_time"] or 0) else cells["vru_exit"])
    if not answered:
        return str(offered), None, None, str(waited_until)
    began = _after(offered, day, cells["ser_start"]) if _is_served(cells) else waited_until
    ended = _after(began, began.date(), cells["ser_exit"]) if _is_served(cells) else began
    return str(offered), str(began), str(ended), None


def _is_served(cells: Mapping[str, str]) -> bool:
    if not cells["ser_start"] or not cells["ser_exit"]:
        return False
    return int(cells["ser_time"] or 0) != 0 or _clock(cells["ser_start"]) != time(0)


def _after(earlier: datetime, day: date, clock: str) -> datetime:
    """Return the time of day on the day, or on the next one where it would lie long before what came first."""
    moment = _at(day, clock)
    return moment + timedelta(days=1) if earlier - moment > HALF_A_DAY else moment


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, _clock(clock))


def _written_day(text: str) -> str:
    try:
        return str(_day(text))
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007 -- local; the shop's clock reads it later


@lru_cache(maxsize=100_000)
def _clock(text: str) -> time:
    hour, minute, second = (int(part) for part in text.split(":"))
    return time(hour, minute, second)


READER = Reader(recognises, read)
