"""Messages of whole days as conversations: who speaks, who waits, which answer belongs to which question."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.settings import DaySettings
from xiaoer.facts.compiled import compiled
from xiaoer.facts.corrections import corrected_messages, corrected_reasons
from xiaoer.facts.filters import KEPT, filter_reasons
from xiaoer.facts.lines import Coded, coded_lines
from xiaoer.facts.walked import AGENT, BUYER, NEVER, ROBOT, SYSTEM, Flags, Ints, Rules

HUMAN, MACHINE = AGENT, ROBOT  # an account's own words, and what was sent for it: automatic replies and robots
COLUMNS = (
    "local_date", "buyer", "agent", "sent_at", "sender", "kind", "auto", "transfer_to", "characters", "bulk", "text",
)  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """Messages sorted by conversation, then as they were sent; one array per column, one row per message.

    A conversation is what one buyer and one account write on one local day. `asked_from`, `asked_to` are the first and
    last message of the customer's turn that a message answers (-1: none), `answered_by` the human message that
    answers a customer's (-1: none), `wait` microseconds (NEVER where nothing was waited for).
    """

    conversation: Ints
    start: Ints  # first message of each conversation
    speaker: npt.NDArray[np.int8]
    at: Ints
    text: pa.Array
    kind: pa.Array
    wait: Ints
    asked_from: Ints
    asked_to: Ints
    answered_by: Ints
    buyer: pa.Array  # of each conversation, as the rest
    agent: pa.Array
    day: npt.NDArray[np.int32]
    transferred: Flags

    def __len__(self) -> int:
        return len(self.conversation)

    @property
    def conversations(self) -> int:
        """Return how many conversations there are."""
        return len(self.start)

    @cached_property
    def place(self) -> Ints:
        """Return the place of each message in its conversation, from 0."""
        return np.arange(len(self), dtype=np.int64) - self.start[self.conversation]

    @cached_property
    def characters(self) -> Ints:
        """Return how many characters each message has."""
        length = pc.fill_null(pc.utf8_length(self.text), 0).cast(pa.int64())
        return np.asarray(length.to_numpy(zero_copy_only=False), np.int64)

    def of(self, speaker: int) -> Flags:
        """Return which messages a speaker says."""
        return np.asarray(self.speaker == speaker, np.bool_)

    def ordinal(self, speaker: int) -> Ints:
        """Return how many messages of the speaker in its conversation stand before each message."""
        own = self.of(speaker).astype(np.int64)
        before = np.cumsum(own) - own
        return before - before[self.start][self.conversation] if len(self) else before

    def counted(self, flags: Flags) -> Ints:
        """Return how many flagged messages each conversation has."""
        return np.bincount(self.conversation[flags], minlength=self.conversations).astype(np.int64)


def talk_of(
    messages: pa.Table,
    *,
    settings: DaySettings,
    own_accounts: Iterable[str],
    corrections: Collection[Correction] = (),
) -> Talk:
    """Return the conversations that count: with people of the shop, not filtered as advertising and the like.

    `messages` are one shop's, of whole days with the same settings, sorted by (local_date, buyer, sent_at, position).
    """
    messages = corrected_messages(messages, corrections)
    coded = coded_lines(messages, settings)
    number, keep = _conversations(coded, settings, own_accounts, corrections)
    order = np.argsort(number, kind="stable")
    order = order[keep[number[order]]]
    return _sorted(messages, coded, number, order)


def _conversations(
    coded: Coded, settings: DaySettings, own_accounts: Iterable[str], corrections: Collection[Correction]
) -> tuple[Ints, Flags]:
    """Return the number of each message's conversation, and which of them count."""
    from xiaoer.facts.walk import walk

    agents = max(1, len(coded.agents))
    _, number = np.unique(coded.lines.unit * agents + coded.lines.agent, return_inverse=True)
    walked = walk(coded.lines, agents=len(coded.agents), rules=Rules(600 * MICROS_PER_SECOND, 0, 0, False)).contacts
    line = walked["line"]
    reason = filter_reasons(
        walked, buyer=coded.buyer[line], buyers=coded.buyers, settings=settings, own_accounts=own_accounts
    )
    reason = corrected_reasons(reason, line=line, coded=coded, corrections=corrections)
    keep = np.zeros(len(line), np.bool_)
    keep[number[line]] = (reason == KEPT) & ~coded.robot[coded.lines.agent[line]]
    return number.astype(np.int64), keep


def _sorted(messages: pa.Table, coded: Coded, number: Ints, order: Ints) -> Talk:
    lines = coded.lines
    speaker = np.where(lines.automatic & (lines.sender == AGENT), MACHINE, lines.sender)[order].astype(np.int8)
    _, start, conversation = np.unique(number[order], return_index=True, return_inverse=True)
    at = lines.sent_at[order]
    wait, asked_from, asked_to, answered_by = _paired(conversation.astype(np.int64), speaker, at)
    first = order[start]
    rows = pa.array(order)
    moved = np.bincount(conversation[lines.transfer[order]], minlength=len(start)) > 0
    return Talk(
        conversation=conversation.astype(np.int64),
        start=start.astype(np.int64),
        speaker=speaker,
        at=at,
        text=_taken(messages["text"], rows, ""),
        kind=_taken(messages["kind"], rows, "text"),
        wait=wait,
        asked_from=asked_from,
        asked_to=asked_to,
        answered_by=answered_by,
        buyer=coded.buyers.take(pa.array(coded.buyer[first])).cast(pa.string()),
        agent=coded.agents.take(pa.array(lines.agent[first])).cast(pa.string()),
        day=coded.day[first],
        transferred=moved.astype(np.bool_),
    )


def _taken(column: pa.ChunkedArray, rows: pa.Array, empty: str) -> pa.Array:
    taken = column.take(rows).cast(pa.string())
    whole = pa.concat_arrays(taken.chunks) if taken.num_chunks else pa.array([], pa.string())
    return pc.fill_null(whole, empty)


@compiled
def _paired(conversation: Ints, speaker: npt.NDArray[np.int8], at: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return wait, asked_from, asked_to and answered_by of each message."""
    lines = len(conversation)
    wait = np.full(lines, NEVER, np.int64)
    asked_from, asked_to = np.full(lines, -1, np.int64), np.full(lines, -1, np.int64)
    answered_by = np.full(lines, -1, np.int64)
    first = last = np.int64(-1)
    open_turn = False
    for i in range(lines):
        if i > 0 and conversation[i] != conversation[i - 1]:
            first = last = np.int64(-1)
            open_turn = False
        if speaker[i] == BUYER:
            if not open_turn:
                open_turn = True
                first = np.int64(i)
            last = np.int64(i)
        elif speaker[i] == AGENT:
            if open_turn:
                open_turn = False
                wait[i] = at[i] - at[first]
                for question in range(first, last + 1):
                    if speaker[question] == BUYER:
                        answered_by[question] = i
            asked_from[i], asked_to[i] = first, last
    return wait, asked_from, asked_to, answered_by


__all__ = ["BUYER", "COLUMNS", "HUMAN", "MACHINE", "NEVER", "SYSTEM", "Talk", "talk_of"]
