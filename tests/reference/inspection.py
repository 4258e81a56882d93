"""What inspection should find of waits and silence, by the definitions, slowly, one conversation at a time."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

Row = Mapping[str, Any]
SLOW, VERY_SLOW = timedelta(minutes=3), timedelta(minutes=10)
NEXT = 5  # messages of the agent that may still apologise
# The words of apology that the simulated shop has.
APOLOGIES = ("抱歉", "不好意思", "添麻烦", "久等", "对不起", "包涵", "谅解", "见谅", "请理解")
Key = tuple[str, str, str, str]


def conversations(messages: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """Return messages by local day, account and buyer, in the order in which they were sent."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in messages:
        found.setdefault((str(row["local_date"]), row["agent"], row["buyer"]), []).append(row)
    return found


def is_human(row: Row, auto_prefix: str) -> bool:
    """Return whether a person of the shop wrote a message."""
    return row["sender"] == "agent" and not row["auto"] and not (row["text"] or "").startswith(auto_prefix)


def waits(rows: list[Row], auto_prefix: str) -> list[tuple[int, timedelta]]:
    """Return the place of each answer and how long its question had waited, counted from the question's first line."""
    found, asked = [], None
    for place, row in enumerate(rows):
        if row["sender"] == "buyer":
            asked = asked if asked is not None else row["sent_at"]
        elif is_human(row, auto_prefix) and asked is not None:
            found.append((place, row["sent_at"] - asked))
            asked = None
    return found


def time_findings(messages: Iterable[Row], auto_prefix: str) -> set[Key]:
    """Return where the items about waits and silence have to be found."""
    found: set[Key] = set()
    for key, rows in conversations(messages).items():
        people = [row for row in rows if is_human(row, auto_prefix)]
        answered = waits(rows, auto_prefix)
        if any(wait > VERY_SLOW for _, wait in answered):
            found.add((*key, "very_slow_answer"))
        for place, wait in answered:
            following = [row for row in rows[place:] if is_human(row, auto_prefix)][:NEXT]
            if wait > SLOW and not any(word in (row["text"] or "") for row in following for word in APOLOGIES):
                found.add((*key, "slow_without_apology"))
        asked = any(row["sender"] == "buyer" for row in rows)
        if asked and not people and not any(row["kind"] == "transfer" for row in rows):
            found.add((*key, "nobody_answered"))
    return found
