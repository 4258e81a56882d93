"""Made-up months of a small shop: imports, undoing, settings and corrections, most of it near the ends of months."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.unit.store.rows import SHOP, at, message, order, put
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.settings import THE_FIRST_DAY
from xiaoer.store.store import Store

DAYS = ("2024-07-31", "2024-08-01", "2024-08-15", "2024-08-31", "2024-09-01", "2024-09-02", "2024-09-30", "2024-10-01")
AGENTS, BUYERS, ORDERS = ("a", "b", "c"), ("mei", "lan", "c"), ("1", "2", "3", "4")
SETTINGS = {
    "credit_days": ("1", "5"), "inquiry_order_days": ("1", "3"), "after_sale_days": ("1", "40"),
    "final_payment_days": ("1", "10"), "filter_monologue": ("false", "true"), "robot_accounts": ("b", ""),
    "wait_cap_seconds": ("60", "600"), "after_sale_period_days": ("1", "45"), "listed_nicks": ("lan", ""),
}  # fmt: skip

Act = Callable[[Store, int], None]

moments = st.tuples(st.sampled_from(DAYS), st.integers(0, 23), st.integers(0, 59)).map(
    lambda drawn: f"{drawn[0]} {drawn[1]:02}:{drawn[2]:02}"
)
some_agents, some_buyers, some_orders = map(st.sampled_from, (AGENTS, BUYERS, ORDERS))


@st.composite
def _chats(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        buyer, agent, start = draw(some_buyers), draw(some_agents), draw(moments)
        wait = draw(st.integers(0, 59))
        rows.append(message(buyer, agent, f"{start}:00", "buyer"))
        if draw(st.booleans()):
            rows.append(message(buyer, agent, f"{start}:{wait:02}", "agent"))
    return rows


@st.composite
def _orders(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw orders, some paid months later; exported again, one may have been paid since or be somebody else's."""
    rows = {}
    for key in draw(st.lists(some_orders, max_size=3)):
        created, paid = sorted((draw(moments), draw(moments)))
        known = draw(st.booleans())
        rows[key] = order(key, draw(some_buyers), created, paid if known else None, str(draw(st.integers(1, 9))))
        rows[key] |= {"item_count": draw(st.integers(1, 3))}
    return list(rows.values())


@st.composite
def _others(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {"refunds": [], "ratings": [], "reviews": [], "presence": []}
    for place in range(draw(st.integers(0, 2))):
        when, agent = at(draw(moments)), draw(some_agents)
        tables["refunds"].append(
            {"refund_id": f"r{place}", "order_id": draw(some_orders), "requested_at": when, "status": "success",
             "amount": 1, "agent": agent}
        )  # fmt: skip
        tables["ratings"].append({"buyer": draw(some_buyers), "agent": agent, "rated_at": when, "score": 4.5})
        tables["reviews"].append({"review_id": f"v{place}", "created_at": when, "service_score": 4.8})
        tables["presence"].append({"agent": agent, "status": "online", "start_at": when})
    return tables


@st.composite
def _imports(draw: st.DrawFn) -> Act:
    tables = {"messages": draw(_chats()), "orders": draw(_orders()), **draw(_others())}
    return lambda store, number: (put(store, f"file {number}", exported_at=None, **tables), None)[1]


def _undo(store: Store, number: int) -> None:
    visible = [made.id for made in store.manifest.imports() if made.undone_seq is None]
    if visible:
        store.undo(visible[number % len(visible)])


@st.composite
def _settings(draw: st.DrawFn) -> Act:
    name = draw(st.sampled_from(sorted(SETTINGS)))
    value, since = draw(st.sampled_from(SETTINGS[name])), draw(st.sampled_from((None, *DAYS)))
    from_date = THE_FIRST_DAY if since is None else date.fromisoformat(since)
    return lambda store, _: store.set_value(SHOP, name, value, from_date=from_date)


@st.composite
def _corrections(draw: st.DrawFn) -> Act:
    kind, agent = draw(st.sampled_from(CorrectionKind)), draw(some_agents)
    of_order = kind in (CorrectionKind.ORDER_AGENT, CorrectionKind.TEST_ORDER)
    buyer, day, order_id = draw(some_buyers), date.fromisoformat(draw(st.sampled_from(DAYS))), draw(some_orders)
    value = draw(some_agents) if kind in (CorrectionKind.ORDER_AGENT, CorrectionKind.CONTACT_AGENT) else None
    made = Correction(
        0, 0, "", SHOP, kind, "王店长", "核对过", {}, order_id if of_order else None, None if of_order else buyer,
        None if of_order else agent, None if of_order else day, value,
    )  # fmt: skip
    return lambda store, _: (store.correct(made), None)[1]


def _withdraw(store: Store, number: int) -> None:
    standing = [one.id for one in store.manifest.corrections() if one.withdrawn_seq is None]
    if standing:
        store.withdraw(standing[number % len(standing)])


ACTS: st.SearchStrategy[Sequence[Act]] = st.tuples(_imports(), _imports()).flatmap(
    lambda first: st.lists(
        st.one_of(_imports(), _settings(), _corrections(), st.just(_undo), st.just(_withdraw)), min_size=1, max_size=4
    ).map(lambda later: [*first, *later])
)
