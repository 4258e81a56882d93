"""Made-up corrections of a made-up shop, and the shop as the reference has it once they are made by hand."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests.reference.shop import Row, Shop
from xiaoer.base.corrections import Correction, CorrectionKind, in_force

Moves = dict[tuple[str | None, str | None, date | None], str | None]
OF_ORDERS = ("orders", "order_lines", "refunds", "reviews", "complaints")


@st.composite
def corrections_of(draw: st.DrawFn, shop: Shop) -> list[Correction]:
    """Draw corrections of some orders and contacts; a later one of the same order or contact stands for the earlier."""
    accounts = sorted({row["agent"] for row in shop.rows("messages")})
    contacts = sorted({(row["buyer"], row["agent"], shop.day(row["sent_at"])) for row in shop.rows("messages")})
    orders = sorted({row["order_id"] for row in shop.rows("orders")})
    drawn: list[Correction] = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        blank = Correction(number, number, "", shop.name, CorrectionKind.TEST_ORDER, "王店长", "核对过", {})
        of_order: bool = draw(st.booleans())
        if orders and of_order:
            kind = draw(st.sampled_from((CorrectionKind.TEST_ORDER, CorrectionKind.ORDER_AGENT)))
            who = draw(st.sampled_from((None, *accounts))) if kind is CorrectionKind.ORDER_AGENT else None
            drawn.append(replace(blank, kind=kind, order_id=draw(st.sampled_from(orders)), value=who))
        elif contacts:
            kinds = (CorrectionKind.SPAM_CONTACT, CorrectionKind.KEEP_CONTACT, CorrectionKind.CONTACT_AGENT)
            kind = draw(st.sampled_from(kinds))
            buyer, agent, day = draw(st.sampled_from(contacts))
            who = draw(st.sampled_from(accounts)) if kind is CorrectionKind.CONTACT_AGENT else None
            drawn.append(replace(blank, kind=kind, buyer=buyer, agent=agent, day=day, value=who))
    return list(in_force(drawn, len(drawn)))


def corrected(shop: Shop, corrections: list[Correction]) -> Shop:
    """Return the shop with its rows changed by hand as the corrections say."""
    tests = {one.order_id for one in corrections if one.kind is CorrectionKind.TEST_ORDER}
    moves: Moves = {
        (one.buyer, one.agent, one.day): one.value for one in corrections if one.kind is CorrectionKind.CONTACT_AGENT
    }
    tables = {
        name: [row for row in rows if name not in OF_ORDERS or row.get("order_id") not in tests]
        for name, rows in shop.tables.items()
    }
    tables["messages"] = [_moved(shop, row, moves) for row in shop.rows("messages")]
    # Every account that files name stays one of the shop's own, with or without a contact.
    listed = {row["agent"] for row in shop.rows("agents")}
    tables["own_accounts"] = [{"agent": row["agent"]} for row in shop.rows("messages") if row["agent"] not in listed]
    reasons: dict[tuple[str, str, object], str | None] = {}
    for one in corrections:
        if one.kind in (CorrectionKind.SPAM_CONTACT, CorrectionKind.KEEP_CONTACT):
            reason = "corrected" if one.kind is CorrectionKind.SPAM_CONTACT else None
            reasons[str(one.buyer), str(one.agent), one.day] = reason
    credited = {str(one.order_id): one.value for one in corrections if one.kind is CorrectionKind.ORDER_AGENT}
    return replace(shop, tables=tables, credits=credited, reasons=reasons)  # type: ignore[arg-type]  # days are dates


def _moved(shop: Shop, row: Row, moves: Moves) -> Row:
    who = moves.get((row["buyer"], row["agent"], shop.day(row["sent_at"])), row["agent"])
    return {**row, "agent": who}
