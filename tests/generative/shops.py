"""Made-up shops, small and full of collisions: few people, few moments, every edge within reach."""

from hypothesis import strategies as st

from tests.generative.made_messages import agents, message_rows
from tests.generative.made_orders import line_rows, order_rows, refund_rows
from tests.generative.made_service import call_rows, complaint_rows, presence_rows, rating_rows, review_rows
from tests.generative.made_settings import shop_settings
from tests.generative.moments import DAYS, Moments
from tests.reference.shop import Row, Shop
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings
from xiaoer.base.tables import canonical_tables

POLICIES = ("order_first", "order", "payment")


def shops() -> st.SearchStrategy[Shop]:
    """Draw a shop of a few conversations, orders and whatever else there may be."""
    return shops_with(shop_settings())


@st.composite
def shops_with(draw: st.DrawFn, made_settings: st.SearchStrategy[ShopSettings]) -> Shop:
    """Draw a shop with such settings."""
    settings = draw(made_settings)
    moments = Moments.of(settings)
    messages = draw(message_rows(moments))
    orders = draw(order_rows(moments, messages))
    tables = {
        "messages": messages,
        "orders": orders,
        "order_lines": draw(line_rows(orders)),
        "refunds": draw(refund_rows(moments, orders)),
        "presence": draw(presence_rows(moments)),
        "calls": draw(call_rows(moments)),
        "ratings": draw(rating_rows(moments)),
        "reviews": draw(review_rows(moments)),
        "complaints": draw(complaint_rows(moments)),
        "agents": draw(agents()),
    }
    missing = draw(st.sets(st.sampled_from(_optional_columns(tables)), max_size=2))
    return Shop(tables={name: _without(rows, name, missing) for name, rows in tables.items()}, settings=settings)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw one to all of the made-up days."""
    first, last = sorted(draw(st.tuples(st.sampled_from((DAYS[0], *DAYS)), st.sampled_from((DAYS[-1], *DAYS)))))
    return Period(first, last)


def _optional_columns(tables: dict[str, list[Row]]) -> list[tuple[str, str]]:
    """Return every (table, column) that an export may lack; the shop's name and row order are always known."""
    return [
        (name, column.name)
        for name in tables
        for column in canonical_tables()[name].columns
        if not column.required and not column.key and column.name != "shop"
    ]


def _without(rows: list[Row], table: str, missing: set[tuple[str, str]]) -> list[Row]:
    return [{column: value for column, value in row.items() if (table, column) not in missing} for row in rows]
