"""One shop's sorted messages → the facts that come from messages alone: contact, session, round, agent_day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xiaoer.base.corrections import Correction
from xiaoer.base.days import MICROS_PER_SECOND, Clock
from xiaoer.base.local_time import MICROS_PER_DAY, hours_of
from xiaoer.base.settings import DaySettings
from xiaoer.facts.concurrency import most_concurrent
from xiaoer.facts.corrections import corrected_messages, corrected_reasons
from xiaoer.facts.filters import KEPT, REASONS, filter_reasons
from xiaoer.facts.handover import Handover, handovers
from xiaoer.facts.lines import Coded, coded_lines
from xiaoer.facts.walked import NEVER, Flags, Ints, Rules

VERSION = 3  # raised whenever the same messages and settings would give other facts: old facts are then built again

# The settings that these facts depend on; a change of any other leaves them as they are.
SETTINGS_USED = (
    "zone", "day_starts_at", "session_gap_seconds", "wait_from", "wait_cap_seconds", "wait_over_cap",
    "slow_wait_seconds", "slow_wait_count", "long_session_seconds", "robot_accounts", "auto_reply_prefix",
    "filter_own_accounts", "filter_listed_nicks", "listed_nicks", "filter_advertising", "advertising_code_word",
    "advertising_most_messages", "recommendation_prefix", "message_in_time_seconds",
    "filter_bulk_messages", "filter_monologue", "filter_empty_chats",
    "filter_transferred_shells",
)  # fmt: skip

NAME = pa.dictionary(pa.int32(), pa.string())  # a name stands in a table once, rows have its number
_PLACE = [("shop", NAME), ("day", pa.date32()), ("hour", pa.int8())]
SCHEMAS = {
    "contact": pa.schema([
        *_PLACE, ("buyer", NAME), ("agent", NAME), ("is_robot", pa.bool_()),
        ("filter_reason", NAME), ("start_at", pa.int64()), ("end_at", pa.int64()),
        ("buyer_messages", pa.int64()), ("agent_messages", pa.int64()), ("auto_messages", pa.int64()),
        ("agent_characters", pa.int64()), ("first_human_at", pa.int64()), ("answered_rounds", pa.int64()),
        ("slow_waits", pa.int64()), ("transferred_out", pa.bool_()), ("slow", pa.bool_()),
        ("buyer_opened", pa.bool_()), ("transferred_in", pa.bool_()), ("handed_over", pa.bool_()),
        ("recommendations", pa.int64()),
    ]),
    "session": pa.schema([
        *_PLACE, ("buyer", NAME), ("agent", NAME), ("start_at", pa.int64()), ("end_at", pa.int64()),
        ("first_human_at", pa.int64()), ("last_human_at", pa.int64()), ("buyer_opened", pa.bool_()),
        ("first_response_micros", pa.int64()), ("duration_micros", pa.int64()), ("long", pa.bool_()),
        ("answered_rounds", pa.int64()), ("unanswered_rounds", pa.int64()), ("wait_micros", pa.int64()),
        ("longest_wait_micros", pa.int64()),
    ]),
    "round": pa.schema([
        *_PLACE, ("buyer", NAME), ("agent", NAME), ("opened_at", pa.int64()),
        ("answered_at", pa.int64()), ("wait_micros", pa.int64()), ("counted_wait_micros", pa.int64()),
        ("messages", pa.int64()), ("messages_in_time", pa.int64()), ("message_wait_micros", pa.int64()),
    ]),
    "agent_day": pa.schema([*_PLACE, ("agent", NAME), ("max_concurrent", pa.int64())]),
}  # fmt: skip


@dataclass(frozen=True)
class _Contacts:
    """The contacts of one pass with what every fact of theirs shares."""

    shop: str
    clock: Clock
    coded: Coded
    fields: dict[str, Ints]
    reason: npt.NDArray[np.int8]
    handover: Handover
    buyer_opened: npt.NDArray[np.bool_]

    @property
    def is_robot(self) -> npt.NDArray[np.bool_]:
        return self.coded.robot[self.coded.lines.agent[self.fields["line"]]]

    def named(self, contact: Ints, at: Ints) -> dict[str, pa.Array]:
        """Return shop, day, hour, buyer and agent of rows of these contacts at these instants."""
        line = self.fields["line"][contact]
        return {
            "shop": _named(np.zeros(len(contact), np.int32), [self.shop]),
            "day": pa.array(self.coded.day[line], pa.int32()).cast(pa.date32()),
            "hour": hours_of(at, self.clock),
            "buyer": _named(self.coded.buyer[line], self.coded.buyers),
            "agent": _named(self.coded.lines.agent[line], self.coded.agents),
        }


def message_facts(
    messages: pa.Table,
    *,
    shop: str,
    settings: DaySettings,
    own_accounts: Iterable[str],
    corrections: Collection[Correction] = (),
) -> dict[str, pa.Table]:
    """Return the four message facts of one shop for days that share these settings, in the shapes of SCHEMAS.

    `messages` are sorted by (local_date, buyer, sent_at, position) and hold the columns of `columns_needed`.
    """
    from xiaoer.facts.walk import walk

    messages = corrected_messages(messages, corrections)
    coded = coded_lines(messages, settings)
    rules = Rules(
        session_gap_micros=settings.count("session_gap_seconds") * MICROS_PER_SECOND,
        slow_wait_micros=settings.count("slow_wait_seconds") * MICROS_PER_SECOND,
        message_in_time_micros=settings.count("message_in_time_seconds") * MICROS_PER_SECOND,
        wait_from_last=settings.text("wait_from") == "last",
    )
    walked = walk(coded.lines, agents=len(coded.agents), rules=rules)
    reason = filter_reasons(
        walked.contacts, buyer=coded.buyer[walked.contacts["line"]], buyers=coded.buyers, settings=settings,
        own_accounts=own_accounts,
    )  # fmt: skip
    reason = corrected_reasons(reason, line=walked.contacts["line"], coded=coded, corrections=corrections)
    contacts = _Contacts(
        shop, settings.clock, coded, walked.contacts, reason, handovers(messages, coded, walked.contacts),
        _buyer_opened(walked.sessions, contacts=len(reason)),
    )  # fmt: skip
    sessions = _kept(walked.sessions, (reason == KEPT) & ~contacts.is_robot)
    return {
        "contact": _contact_table(contacts, settings),
        "session": _session_table(contacts, sessions, settings),
        "round": _round_table(contacts, _kept(walked.rounds, reason == KEPT), settings),
        "agent_day": _agent_day_table(contacts, sessions),
    }


def _buyer_opened(sessions: dict[str, Ints], *, contacts: int) -> npt.NDArray[np.bool_]:
    """Return for each contact whether its first session was opened by the buyer."""
    opened = np.zeros(contacts, np.bool_)
    opened[sessions["contact"][::-1]] = sessions["buyer_opened"][::-1] == 1  # of several the last written stays
    return opened


def _kept(rows: dict[str, Ints], keep: npt.NDArray[np.bool_]) -> dict[str, Ints]:
    """Return the rows of the contacts to keep, moved together where they lie: new memory costs more than moving."""
    chosen = np.flatnonzero(keep[rows["contact"]])
    for values in rows.values():
        values[: len(chosen)] = values[chosen]
    return {name: values[: len(chosen)] for name, values in rows.items()}


def _known(instants: Ints) -> pa.Array:
    return pa.array(instants, pa.int64(), mask=instants == NEVER)


def _named(
    codes: npt.NDArray[np.integer], names: pa.Array | Sequence[str], *, unknown: Flags | None = None
) -> pa.DictionaryArray:
    """Return the names that codes stand for; null where they are unknown."""
    indices = pa.array(codes.astype(np.int32, copy=False), mask=unknown)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))


def _contact_table(contacts: _Contacts, settings: DaySettings) -> pa.Table:
    fields = contacts.fields
    own = np.arange(len(fields["line"]))
    first_line_at = contacts.coded.lines.sent_at[fields["line"]]
    at = np.where(fields["start_at"] == NEVER, first_line_at, fields["start_at"])
    counts = (
        "buyer_messages", "agent_messages", "auto_messages", "agent_characters", "answered_rounds", "slow_waits",
        "recommendations",
    )  # fmt: skip
    return pa.table(
        contacts.named(own, at)
        | {
            "is_robot": contacts.is_robot,
            "filter_reason": _named(contacts.reason, REASONS, unknown=contacts.reason == KEPT),
            "transferred_out": (fields["transfer"] == 1) & (fields["agent_messages"] == 0),
            "slow": fields["slow_waits"] >= max(1, settings.count("slow_wait_count")),
            "buyer_opened": contacts.buyer_opened,
            "transferred_in": contacts.handover.received_at <= at,
            "handed_over": contacts.handover.handed_over,
        }
        | {"start_at": at}
        | {name: _known(fields[name]) for name in ("end_at", "first_human_at")}
        | {name: fields[name] for name in counts}
    ).select(SCHEMAS["contact"].names).cast(SCHEMAS["contact"])  # fmt: skip


def _session_table(contacts: _Contacts, sessions: dict[str, Ints], settings: DaySettings) -> pa.Table:
    duration = sessions["end_at"] - sessions["start_at"]
    longest = settings.count("long_session_seconds") * MICROS_PER_SECOND
    instants = ("start_at", "end_at", "first_human_at", "last_human_at", "first_response_micros")
    counts = ("answered_rounds", "unanswered_rounds", "wait_micros", "longest_wait_micros")
    return pa.table(
        contacts.named(sessions["contact"], sessions["start_at"])
        | {name: _known(sessions[name]) for name in instants}
        | {"buyer_opened": sessions["buyer_opened"] == 1, "duration_micros": duration, "long": duration > longest}
        | {name: sessions[name] for name in counts}
    ).select(SCHEMAS["session"].names).cast(SCHEMAS["session"])  # fmt: skip


def _round_table(contacts: _Contacts, rounds: dict[str, Ints], settings: DaySettings) -> pa.Table:
    named = contacts.named(rounds["contact"], rounds["opened_at"])
    agent = contacts.coded.lines.agent[contacts.fields["line"][rounds["contact"]]]
    named["agent"] = _named(agent, contacts.coded.agents, unknown=contacts.is_robot[rounds["contact"]])
    wait = rounds["wait_micros"]
    cap = settings.count("wait_cap_seconds") * MICROS_PER_SECOND
    counted = np.minimum(wait, cap) if settings.text("wait_over_cap") == "cap" else wait
    left_out = (wait > cap) if settings.text("wait_over_cap") == "exclude" else np.zeros(len(wait), np.bool_)
    return pa.table(
        named
        | {name: _known(rounds[name]) for name in ("opened_at", "answered_at", "wait_micros")}
        | {"counted_wait_micros": pa.array(counted, pa.int64(), mask=(wait == NEVER) | left_out)}
        | {name: rounds[name] for name in ("messages", "messages_in_time")}
        | {"message_wait_micros": pa.array(rounds["message_wait_micros"], pa.int64(), mask=wait == NEVER)}
    ).select(SCHEMAS["round"].names).cast(SCHEMAS["round"])  # fmt: skip


def _agent_day_table(contacts: _Contacts, sessions: dict[str, Ints]) -> pa.Table:
    line = contacts.fields["line"][sessions["contact"]]
    agents = max(1, len(contacts.coded.agents))
    day = contacts.coded.day[line].astype(np.int64)
    midnight = day * MICROS_PER_DAY
    owners, most = most_concurrent(
        day * agents + contacts.coded.lines.agent[line], sessions["start_at"] - midnight, sessions["end_at"] - midnight
    )
    return pa.table({
        "shop": _named(np.zeros(len(owners), np.int32), [contacts.shop]),
        "day": pa.array(owners // agents, pa.int32()).cast(pa.date32()),
        "hour": pa.nulls(len(owners), pa.int8()),
        "agent": _named(owners % agents, contacts.coded.agents),
        "max_concurrent": most,
    }).cast(SCHEMAS["agent_day"])  # fmt: skip
