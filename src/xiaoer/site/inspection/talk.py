"""A conversation drawn with its findings: each message in pieces, the words of a finding marked with its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from xiaoer.actions.conversation import customers_of
from xiaoer.actions.inspect_conversation import InspectedConversation, LineShown, inspected_conversation
from xiaoer.actions.inspect_findings import FindingShown
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.kept import kept_large
from xiaoer.site.models import Appeal, FindingDecision, Review, Shop
from xiaoer.site.performance.chat import KINDS, SENDERS, customer_digest

SAID = "said"


@dataclass(frozen=True)
class Piece:
    """Some words of a message, and the findings that rest on them."""

    text: str
    items: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """One message: who says it, its pieces, what was found about it as a whole."""

    place: int
    at: datetime
    side: str
    who: str
    kind: str
    pieces: tuple[Piece, ...]
    found: tuple[str, ...]


def talk_of(shop: Shop, about: Review | Appeal | FindingDecision, language: Language) -> InspectedConversation:
    """Return the conversation that a row is about; a ReportableError when it is not there any more."""
    return kept_large(inspected_conversation, f"{about.day}/{about.agent}/{about.buyer}", language, shop=shop.name)


def talk_asked(shop: Shop, asked: dict[str, str], language: Language) -> InspectedConversation:
    """Return the conversation of an address (`who`, `on`, `with`); a ReportableError when there is none."""
    if not all(asked.values()):
        raise ReportableError.of("site.no_chat")
    buyers = customers_of(settings.SITE.home, shop.name, asked["who"], asked["on"])
    buyer = next((one for one in buyers if customer_digest(shop, one) == asked["with"]), None)
    if buyer is None:
        raise ReportableError.of("site.no_chat")
    return kept_large(inspected_conversation, f"{asked['on']}/{asked['who']}/{buyer}", language, shop=shop.name)


def asked_of(shop: Shop, day: date | str, agent: str, buyer: str) -> dict[str, str]:
    """Return what names a conversation in an address; the customer as a digest."""
    return {"who": agent, "on": str(day), "with": customer_digest(shop, buyer)}


def lines_of(found: InspectedConversation) -> list[Line]:
    """Return the messages in pieces."""
    return [_line(line, found.findings) for line in found.lines]


def _line(line: LineShown, findings: Sequence[FindingShown]) -> Line:
    spans = [
        (mark.start, mark.end, one)
        for one in findings for mark in one.evidence
        if mark.place == line.place and mark.end > mark.start
    ]  # fmt: skip
    whole = [
        one.label
        for one in findings
        if any(mark.place == line.place and mark.role == SAID and mark.end == mark.start for mark in one.evidence)
    ]
    side = "robot" if line.automatic else line.sender
    kind = f"[{KINDS[line.kind]}]" if line.kind in KINDS else ""
    pieces = tuple(_pieces(line.text, spans))
    return Line(line.place, line.at, side, str(SENDERS.get(side, side)), kind, pieces, tuple(dict.fromkeys(whole)))


def _pieces(text: str, spans: Sequence[tuple[int, int, FindingShown]]) -> Iterable[Piece]:
    """Yield the text cut wherever a finding begins or ends."""
    cuts = sorted({0, len(text), *(min(at, len(text)) for start, end, _ in spans for at in (start, end))})
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = [one for first, last, one in spans if first <= start and end <= last]
        items = tuple(dict.fromkeys(one.id.item for one in over))
        yield Piece(text[start:end], items, "、".join(dict.fromkeys(one.label for one in over)))
