"""Who bought an order: as it says, by its id in a chat, by what a mask left of the nick, or nobody known."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.reference.filters import Contact
from tests.reference.sessions import Session
from tests.reference.shop import DAY, Row, Shop

NO_BUYERS = ("own_account", "listed_nick", "advertising", "bulk_message", "corrected")


@dataclass(frozen=True)
class Found:
    """The buyer of an order and how it is known; without one the reason."""

    order_id: str
    how: str
    buyer: str | None = None
    confidence: int | None = None
    candidates: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Mask:
    """What stars left of a nick: how it starts and ends, its least length, in how many places there are stars."""

    start: str
    end: str
    shortest: int
    places: int

    def fits(self, nick: str) -> bool:
        """Return whether a nick, whole or masked itself, can be the one behind this mask."""
        other = mask_of(nick)
        if other is None:
            return nick.startswith(self.start) and nick.endswith(self.end) and len(nick) >= self.shortest
        starts = self.start.startswith(other.start) or other.start.startswith(self.start)
        return starts and (self.end.endswith(other.end) or other.end.endswith(self.end))


def mask_of(nick: str) -> Mask | None:
    """Return the mask of a nick; None when it is whole."""
    plain = nick.replace("＊", "*")
    if "*" not in plain:
        return None
    last_star = plain.rindex("*")
    if "#" in plain[last_star:]:
        plain = plain[: plain.rindex("#")]  # the platform's id, which keeps those apart that are masked alike
    kept = re.sub(r"\*+", "*", plain).split("*")
    return Mask(kept[0], kept[-1], sum(map(len, kept)) + len(kept) - 1, len(kept) - 1)


def order_buyers(shop: Shop, contacts: list[Contact], sessions: list[Session]) -> list[Found]:
    """Return what is known of the buyer of every order."""
    return [_found(shop, row, contacts, sessions) for row in shop.rows("orders")]


def _found(shop: Shop, row: Row, contacts: list[Contact], sessions: list[Session]) -> Found:
    nick, order_id = row.get("buyer") or None, row["order_id"]
    settings = shop.settings_on(shop.day(row["created_at"]))
    mask = mask_of(nick) if nick else None
    everybody = _named_by(shop, row, contacts) if settings.flag("match_order_ids") else set()
    if nick is not None and mask is None:
        alike = {who for who in everybody if (hidden := mask_of(who)) is not None and hidden.fits(nick)}
        if len(alike) == 1 and not any(one.buyer == nick for one in _in_time(shop, row, sessions)):
            return Found(order_id, "order_id", min(alike), candidates=1)
        return Found(order_id, "given", nick)
    fitting = {who for who in everybody if mask is None or mask.fits(who)}
    if len(fitting) == 1:
        return Found(order_id, "order_id", min(fitting), candidates=1)
    if everybody:
        reason = "several_named" if fitting else "named_by_another"
        return Found(order_id, "none", candidates=len(fitting), reason=reason)
    if mask is None:
        off = None if settings.flag("match_order_ids") else "order_ids_off"
        short = None if is_long(order_id) else "number_too_short"
        return Found(order_id, "none", candidates=0, reason=off or short or "nobody_named")
    return _by_mask(shop, row, mask, sessions)


def _by_mask(shop: Shop, row: Row, mask: Mask, sessions: list[Session]) -> Found:
    settings, order_id = shop.settings_on(shop.day(row["created_at"])), row["order_id"]
    if mask.places != 1 or not mask.start + mask.end:
        return Found(order_id, "none", candidates=0, reason="mask_tells_nothing")
    if not settings.flag("match_masked_nicks"):
        return Found(order_id, "none", candidates=0, reason="masked_nicks_off")
    candidates = {one.buyer for one in _in_time(shop, row, sessions) if mask.fits(one.buyer)}
    if len(candidates) != 1:
        reason = "several_fit" if candidates else "nobody_fits"
        return Found(order_id, "none", candidates=len(candidates), reason=reason)
    (who,) = candidates
    if mask_of(who) is not None:
        return Found(order_id, "none", candidates=1, reason="chat_masked")
    confidence = _confidence(shop, row, mask, sessions)
    if confidence < settings.count("masked_nick_confidence"):
        return Found(order_id, "none", confidence=confidence, candidates=1, reason="low_confidence")
    return Found(order_id, "masked_nick", who, confidence=confidence, candidates=1)


def _confidence(shop: Shop, row: Row, mask: Mask, sessions: list[Session]) -> int:
    """Return the whole percent of 1 − (buyers who chatted × the share of known buyers that fit)."""
    days = [shop.day(at) for at in _events(row)]
    back = {day: shop.settings_on(day).count("credit_days") for day in days}
    spoken = [one for one in sessions if one.human_at]
    chatted = _buyers(spoken, min(day - back[day] * DAY for day in days), max(days))
    known = {
        who
        for who in _buyers(spoken, min(day - max(30, back[day]) * DAY for day in days), max(days))
        if mask_of(who) is None
    }
    chance = Fraction(len(chatted) * sum(map(mask.fits, known)), len(known) + 1)
    return max(0, math.floor(100 * (1 - chance)))


def _buyers(sessions: list[Session], first: date, last: date) -> set[str]:
    return {one.buyer for one in sessions if first <= one.day <= last}


def _events(row: Row) -> list[datetime]:
    return [row["created_at"], *([row["paid_at"]] if row.get("paid_at") is not None else [])]


def _in_time(shop: Shop, row: Row, sessions: list[Session]) -> list[Session]:
    """Return the sessions that contain the order's creation or payment, or ended within the window before."""
    found = []
    for at in _events(row):
        window = timedelta(days=shop.settings_on(shop.day(at)).count("credit_days"))
        found += [
            one
            for one in sessions
            if one.human_at and one.human_at[0] <= at and one.start_at <= at and one.end_at >= at - window
        ]
    return found


def _named_by(shop: Shop, row: Row, contacts: list[Contact]) -> set[str]:
    """Return the buyers in whose chats the order's id was named in time."""
    if not is_long(row["order_id"]):
        return set()
    settings = shop.settings_on(shop.day(row["created_at"]))
    first = row["created_at"] - timedelta(days=settings.count("credit_days"))
    last = row["created_at"] + timedelta(days=settings.count("order_id_days"))
    telling = []
    for message in shop.rows("messages"):
        kind = message.get("kind") or "text"
        told = kind == "order_card" or (kind == "text" and message["sender"] != "system")
        if told and first <= message["sent_at"] <= last and names(message.get("text") or "", row["order_id"]):
            telling.append(message)
    reasons = {(one.buyer, one.account, one.day): one.reason for one in contacts} if telling else {}
    return {
        one["buyer"]
        for one in telling
        if reasons[one["buyer"], one["agent"], shop.day(one["sent_at"])] not in NO_BUYERS
    }


def names(text: str, order_id: str) -> bool:
    """Return whether a text holds the whole id, no digit more."""
    text, order_id = _narrow(text), _narrow(order_id).strip()
    if not is_long(order_id) or not re.fullmatch(r"[0-9A-Za-z]+([-_][0-9A-Za-z]+)*", order_id):
        return False
    digits_only = re.fullmatch(r"[0-9]+(-[0-9]+)*", order_id) is not None
    part, joint = ("0-9", "-") if digits_only else ("0-9A-Za-z", "-_")
    longer_before, longer_after = re.compile(rf"[{part}][{joint}]?$"), re.compile(rf"^[{joint}]?[{part}]")
    at = text.find(order_id)
    while at >= 0:
        if not longer_before.search(text[:at]) and not longer_after.search(text[at + len(order_id) :]):
            return True
        at = text.find(order_id, at + 1)
    return False


def is_long(order_id: str) -> bool:
    """Return whether an id has digits enough to be told from prices, sizes and dates."""
    return sum(character in "0123456789" for character in _narrow(order_id)) >= 8


def _narrow(text: str) -> str:
    return "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
