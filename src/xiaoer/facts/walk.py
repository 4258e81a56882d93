"""The linear pass: messages in order in, contacts, sessions and rounds out. It reads like the definitions.

Importing it loads the compiler, which takes longer than most questions do: import it where days are really built.
"""

import numpy as np
import numpy.typing as npt

from xiaoer.facts.compiled import compiled
from xiaoer.facts.walked import (
    AGENT,
    BUYER,
    CONTACT_FIELDS,
    NEVER,
    ROUND_FIELDS,
    SESSION_FIELDS,
    Codes,
    Flags,
    Ints,
    Lines,
    Rules,
    Walked,
    Whole,
)

(
    LINE, START, END, BUYERS, HUMANS, AUTOS, CHARACTERS, FIRST_HUMAN, ANSWERED, SLOW, TRANSFER, BULK, CODE_WORD,
    RECOMMENDED,
) = range(14)  # fmt: skip
(
    S_CONTACT, S_START, S_END, S_FIRST_HUMAN, S_LAST_HUMAN, S_BUYER_OPENED, S_FIRST_RESPONSE, S_ANSWERED, S_UNANSWERED,
    S_WAIT, S_LONGEST,
) = range(11)  # fmt: skip
(R_CONTACT, R_OPENED, R_ANSWERED, R_WAIT, R_MESSAGES, R_IN_TIME, R_MESSAGE_WAIT) = range(7)


def walk(lines: Lines, *, agents: int, rules: Rules) -> Walked:
    """Return the contacts, sessions and rounds of the lines; `agents` is the number of agent codes."""
    contacts, sessions, rounds = _walk(
        lines.unit, lines.agent, lines.sent_at, lines.sender, lines.automatic, lines.transfer, lines.bulk,
        lines.code_word, lines.recommends, lines.characters, agents, rules.session_gap_micros, rules.slow_wait_micros,
        rules.message_in_time_micros, rules.wait_from_last,
    )  # fmt: skip
    return Walked(
        {name: contacts[i] for i, name in enumerate(CONTACT_FIELDS)},
        {name: sessions[i] for i, name in enumerate(SESSION_FIELDS)},
        {name: rounds[i] for i, name in enumerate(ROUND_FIELDS)},
    )


def rows_of(rows: dict[str, Ints], kept: Flags) -> dict[str, Ints]:
    """Return the sessions or rounds of the contacts to keep, moved together where they lie: new memory costs more."""
    chosen = np.flatnonzero(kept[rows["contact"]])
    return {name: _moved_together(values, chosen) for name, values in rows.items()}


@compiled
def _moved_together(values: Ints, chosen: Ints) -> Ints:
    for place in range(len(chosen)):
        values[place] = values[chosen[place]]
    return values[: len(chosen)]


@compiled
def _put_round(rounds: Ints, row: int, contact: int, opened_at: Whole, answered_at: Whole, wait: Whole) -> None:
    rounds[:, row] = 0
    rounds[R_CONTACT, row] = contact
    rounds[R_OPENED, row] = opened_at
    rounds[R_ANSWERED, row] = answered_at
    rounds[R_WAIT, row] = wait


@compiled
def _put_session(sessions: Ints, row: int, contact: int, now: Whole, buyer_opened: bool) -> None:
    sessions[:, row] = 0
    sessions[S_CONTACT, row] = contact
    sessions[S_START, row] = sessions[S_END, row] = now
    sessions[S_FIRST_HUMAN, row] = sessions[S_LAST_HUMAN, row] = NEVER
    sessions[S_BUYER_OPENED, row] = buyer_opened
    sessions[S_FIRST_RESPONSE, row] = NEVER


@compiled
def _walk(  # noqa: PLR0913, PLR0915, C901 -- one pass over plain arrays: what numba compiles, kept in one piece
    unit: Ints, agent: Codes, sent_at: Ints, sender: npt.NDArray[np.int8], automatic: Flags, transfer: Flags,
    bulk: Flags, code_word: Flags, recommends: Flags, characters: Ints, agents: int, session_gap: int, slow_wait: int,
    message_in_time: int, wait_from_last: bool,
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    lines = len(unit)
    # Room for the most there can be, of which only what is filled is ever touched: memory costs when it is first used.
    contacts = np.empty((14, lines), np.int64)
    sessions = np.empty((11, lines), np.int64)
    rounds = np.empty((7, lines), np.int64)
    asked_at = np.empty(lines, np.int64)  # the buyer's messages of the open round
    asked = 0
    contact_count = session_count = round_count = 0
    contact_of_agent = np.full(agents, -1, np.int64)
    session_of_agent = np.full(agents, -1, np.int64)
    unit_of_agent = np.full(agents, NEVER, np.int64)
    round_open = False
    opened_at = last_asked_at = NEVER
    asked_contact = asked_session = -1

    for i in range(lines):
        if i > 0 and unit[i] != unit[i - 1] and round_open:  # the buyer's day is over
            _put_round(rounds, round_count, asked_contact, opened_at, NEVER, NEVER)
            rounds[R_MESSAGES, round_count] = asked
            sessions[S_UNANSWERED, asked_session] += 1
            round_count += 1
            round_open = False

        account, now = agent[i], sent_at[i]
        if unit_of_agent[account] != unit[i]:  # first line of this buyer and this account today
            unit_of_agent[account] = unit[i]
            contact_of_agent[account] = contact_count
            session_of_agent[account] = -1
            contacts[:, contact_count] = 0
            contacts[LINE, contact_count] = i
            contacts[START, contact_count] = contacts[END, contact_count] = NEVER
            contacts[FIRST_HUMAN, contact_count] = NEVER
            contact_count += 1
        contact = contact_of_agent[account]
        if transfer[i]:
            contacts[TRANSFER, contact] = 1
        if sender[i] > AGENT:  # robots and the system neither ask nor answer
            continue

        if contacts[START, contact] == NEVER:
            contacts[START, contact] = now
        contacts[END, contact] = now
        session = session_of_agent[account]
        if session < 0 or now - sessions[S_END, session] >= session_gap:
            session = session_of_agent[account] = session_count
            _put_session(sessions, session, contact, now, sender[i] == BUYER)
            session_count += 1
        sessions[S_END, session] = now

        if sender[i] == BUYER:
            contacts[BUYERS, contact] += 1
            if contacts[BUYERS, contact] == 1 and bulk[i]:
                contacts[BULK, contact] = 1
            if not round_open:
                round_open = True
                opened_at = now
                asked = 0
            asked_at[asked] = last_asked_at = now
            asked += 1
            asked_contact = contact
            asked_session = session
            continue
        if automatic[i]:
            contacts[AUTOS, contact] += 1
            continue

        contacts[HUMANS, contact] += 1
        contacts[CHARACTERS, contact] += characters[i]
        if code_word[i]:
            contacts[CODE_WORD, contact] = 1
        if recommends[i]:
            contacts[RECOMMENDED, contact] += 1
        if contacts[FIRST_HUMAN, contact] == NEVER:
            contacts[FIRST_HUMAN, contact] = now
        if sessions[S_FIRST_HUMAN, session] == NEVER:
            sessions[S_FIRST_HUMAN, session] = now
            if sessions[S_BUYER_OPENED, session]:
                sessions[S_FIRST_RESPONSE, session] = now - sessions[S_START, session]
        sessions[S_LAST_HUMAN, session] = now
        if round_open:
            wait = now - (last_asked_at if wait_from_last else opened_at)
            _put_round(rounds, round_count, contact, opened_at, now, wait)
            rounds[R_MESSAGES, round_count] = asked
            for each in range(asked):
                rounds[R_MESSAGE_WAIT, round_count] += now - asked_at[each]
                if now - asked_at[each] <= message_in_time:
                    rounds[R_IN_TIME, round_count] += 1
            sessions[S_ANSWERED, session] += 1
            sessions[S_WAIT, session] += wait
            sessions[S_LONGEST, session] = max(sessions[S_LONGEST, session], wait)
            round_count += 1
            round_open = False
            contacts[ANSWERED, contact] += 1
            if wait > slow_wait:
                contacts[SLOW, contact] += 1

    if round_open:
        _put_round(rounds, round_count, asked_contact, opened_at, NEVER, NEVER)
        rounds[R_MESSAGES, round_count] = asked
        sessions[S_UNANSWERED, asked_session] += 1
        round_count += 1
    return contacts[:, :contact_count], sessions[:, :session_count], rounds[:, :round_count]
