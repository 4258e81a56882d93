"""Messages as the definitions see them: who really spoke, on which local day, in which order."""

from dataclasses import dataclass
from datetime import date, datetime

from tests.reference.shop import Row, Shop

BUYER, HUMAN, AUTO, ROBOT, SYSTEM = "buyer", "human", "auto", "robot", "system"


@dataclass(frozen=True)
class Line:
    """One message: `who` is buyer, human, auto, robot or system."""

    buyer: str
    account: str
    at: datetime
    day: date
    who: str
    text: str
    is_transfer: bool
    transfer_to: str | None = None
    is_card: bool = False


def lines_of(shop: Shop) -> list[Line]:
    """Return every message in the order of sent_at, then of its position in the source."""
    ordered = sorted(shop.rows("messages"), key=lambda row: (row["sent_at"], row["source_row"]))
    return [_line(shop, row) for row in ordered]


def _line(shop: Shop, row: Row) -> Line:
    day = shop.day(row["sent_at"])
    return Line(
        buyer=row["buyer"],
        account=row["agent"],
        at=row["sent_at"],
        day=day,
        who=_who(shop, row, day),
        text=row.get("text") or "",
        is_transfer=row.get("kind") == "transfer",
        transfer_to=row.get("transfer_to"),
        is_card=row.get("kind") == "product_card",
    )


def _who(shop: Shop, row: Row, day: date) -> str:
    if row["sender"] in (BUYER, ROBOT, SYSTEM):
        return str(row["sender"])
    if shop.is_robot(row["agent"], day):
        return ROBOT
    marker = shop.settings_on(day).text("auto_reply_prefix")
    marked = marker != "" and (row.get("text") or "").startswith(marker)
    return AUTO if row.get("auto") or marked else HUMAN
