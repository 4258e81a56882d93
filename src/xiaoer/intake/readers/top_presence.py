"""The platform's log of accounts going online, away and offline, as spans of one state each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import clean_nick, documents, json_head
from xiaoer.intake.chat.moments import any_time
from xiaoer.intake.chat.records import Record, first_text, records
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "top_presence"
HEADER = ("agent", "status", "start_at", "end_at")
ONLINE, OFFLINE, AWAY, BACK = "1", "-1", "2", "3"
MOBILE = "4"  # of the record's types; 8 is the computer, 5 is away and back, on whichever


@dataclass(frozen=True, order=True)
class Change:
    """One record of the log."""

    at: str
    position: int
    line: int
    status: str
    device: str


@dataclass
class Presence:
    """What the changes so far leave an account in: it is offline when every device is."""

    devices: set[str] = field(default_factory=set)
    away: bool = False

    def after(self, change: Change) -> str:
        """Return the state once the change has happened."""
        if change.status == ONLINE:
            self.devices.add(change.device)
        elif change.status == OFFLINE:
            self.devices.discard(change.device)
        else:
            self.devices = self.devices or {change.device}  # who goes away or comes back was online
            self.away = change.status == AWAY
        self.away &= bool(self.devices)
        if not self.devices:
            return "offline"
        return "away" if self.away else "online"


def recognises(source: Source) -> bool:
    """Return whether the content has records of accounts changing state."""
    keys = json_head(source)
    return {"account_id", "status"} <= keys and bool(keys & {"change_time", "change_time_ts"})


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of spans."""
    yield text_table(NAME, source, header=HEADER, rows=_spans(source))


def _spans(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    changes: dict[str, list[Change]] = {}
    position = 0
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, _ in records(document, "status", "account_id"):
            position += 1
            agent = clean_nick(first_text(record, "account_nick", "nick", "account_id") or "")
            change = _change(record, line=line, position=position)
            if change is None or not agent:
                cells = tuple(first_text(record, name) or "" for name in ("account_id", "status", "change_time")) + (
                    "",
                )
                yield BadRow(line, cells, (Issue("chat.unknown_status", Severity.REJECTED, source.place(line=line)),))
            else:
                changes.setdefault(agent, []).append(change)
    for agent in sorted(changes):
        yield from _spans_of(agent, sorted(changes[agent]))


def _change(record: Record, *, line: int, position: int) -> Change | None:
    status = first_text(record, "status") or ""
    at = first_text(record, "change_time") or any_time(first_text(record, "change_time_ts") or "")
    if status not in (ONLINE, OFFLINE, AWAY, BACK) or not at:
        return None
    device = MOBILE if first_text(record, "type") == MOBILE else "computer"
    return Change(at, position, line, status, device)


def _spans_of(agent: str, changes: list[Change]) -> Iterator[TextRow]:
    """Yield a span for each lasting state; changes that leave the state as it was are part of it."""
    presence = Presence()
    states = [(change, presence.after(change)) for change in changes]
    kept: list[tuple[Change, str]] = []
    for change, state in states:
        if kept and kept[-1][0].at == change.at:
            kept.pop()
        if not kept or kept[-1][1] != state:
            kept.append((change, state))
    for index, (change, state) in enumerate(kept):
        end = kept[index + 1][0].at if index + 1 < len(kept) else None
        yield TextRow(change.line, (agent, state, change.at, end))


READER = Reader(recognises, read)
