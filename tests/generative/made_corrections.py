"""Made-up corrections of a made-up shop: every kind, alone and mixed, some of one thing twice, some withdrawn."""

from hypothesis import strategies as st

from tests.reference.corrections import Log, Said, Withdrawn
from tests.reference.shop import Shop
from xiaoer.base.corrections import Correction, CorrectionKind

OF_AN_ORDER = ("test_order", "order_agent")
OF_A_CONTACT = ("spam_contact", "keep_contact", "contact_agent")
KINDS = (*OF_AN_ORDER, *OF_A_CONTACT)


@st.composite
def logs_of(draw: st.DrawFn, shop: Shop) -> list[Said | Withdrawn]:
    """Draw a log of up to six entries about few orders and contacts, of one kind or of all."""
    kinds = draw(st.one_of(st.sampled_from(KINDS).map(lambda kind: (kind,)), st.just(KINDS), st.just(KINDS)))
    log: list[Said | Withdrawn] = []
    standing: list[int] = []  # which of what was said can still be withdrawn
    for _ in range(draw(st.integers(1, 6))):
        if standing and draw(st.integers(0, 3)) == 0:
            log.append(Withdrawn(standing.pop(draw(st.integers(0, len(standing) - 1)))))
            continue
        said = draw(_said(shop, draw(st.sampled_from(kinds))))
        if said is not None:
            standing.append(sum(isinstance(one, Said) for one in log))
            log.append(said)
    return log


@st.composite
def _said(draw: st.DrawFn, shop: Shop, kind: str) -> Said | None:
    accounts = sorted({row["agent"] for row in shop.rows("messages")})
    # Few of each, so that one thing is often spoken of twice.
    contacts = sorted({(row["buyer"], row["agent"], shop.day(row["sent_at"])) for row in shop.rows("messages")})[:5]
    orders = sorted({row["order_id"] for row in shop.rows("orders")})[:4]
    if kind in OF_AN_ORDER:
        if not orders:
            return None
        value = draw(st.sampled_from((None, *accounts))) if kind == "order_agent" else None
        return Said(kind, order_id=draw(st.sampled_from(orders)), value=value)
    if not contacts:
        return None
    value = draw(st.sampled_from(accounts)) if kind == "contact_agent" else None
    return Said(kind, contact=draw(st.sampled_from(contacts)), value=value)


def correction_of(shop: Shop, said: Said, *, number: int = 0, seq: int = 0) -> Correction:
    """Return what was said as the product keeps it."""
    buyer, agent, day = said.contact or (None, None, None)
    kind = CorrectionKind(said.kind)
    return Correction(
        number, seq, "", shop.name, kind, "王店长", "核对过", {}, said.order_id, buyer, agent, day, said.value
    )


def corrections_of(shop: Shop, log: Log) -> list[Correction]:
    """Return every correction of the log as the product keeps it, numbered by the log's entries."""
    made: list[Correction] = []
    for seq, entry in enumerate(log, start=1):
        if isinstance(entry, Withdrawn):
            kept = made[entry.place]
            made[entry.place] = Correction(**{**vars(kept), "withdrawn_seq": seq})
        else:
            made.append(correction_of(shop, entry, number=len(made) + 1, seq=seq))
    return made
