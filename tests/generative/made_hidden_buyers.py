"""Shops whose platform hides buyers: nicks absent or masked, in orders or chats, ids named here and there in texts."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from tests.generative.made_settings import shop_settings
from tests.generative.shops import shops_with
from tests.reference.shop import Row, Shop
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

# Alike but for a digit, one the end of another, one with letters, one too short to be told from a price.
ORDER_IDS = (
    "240301-000000000000001",
    "240301-000000000000012",
    "000000000000001",
    "P7012345678",
    "90000001",
    "1234567",
)
# What a text may hold around an id: nothing, words, a link, letters, full width; more digits are another number.
AROUND = (
    ("", ""), ("订单", "发了吗"), ("https://x.cn/o?biz_order_id=", "&s=1"), ("sn", ""), ("NO.", "，"), ("", "-"),
    ("1", ""), ("", "1"), ("2-", ""), ("", "-2"), ("", "a"), ("_", ""), ("共", "元 12345678"),
)  # fmt: skip
NICKS = {"lan": "lanlan", "mei": "lamei", "cat": "c猫", "l**": "l**#17"}
MASKS = (None, None, "", "l**", "l＊＊n", "l*****n", "la***i", "c*", "**n", "***", "l*m*i", "z**")
WIDE = str.maketrans({chr(one): chr(one + 0xFEE0) for one in range(0x21, 0x7F)})
MATCHING = {
    "match_order_ids": ("true", "true", "true", "false"),
    "order_id_days": ("0", "1", "4"),
    "match_masked_nicks": ("true", "true", "true", "false"),
    "masked_nick_confidence": ("0", "0", "20", "50", "90"),
    "credit_days": ("1", "2"),
}


@st.composite
def hiding_shops(draw: st.DrawFn) -> Shop:
    """Draw a shop some of whose buyers are hidden; rows stand in any order."""
    shop = draw(shops_with(_settings()))
    first = draw(st.integers(0, len(ORDER_IDS) - 1))
    orders = [
        row | {"order_id": _order_id(first, place), "buyer": draw(_hidden(row.get("buyer")))}
        for place, row in enumerate(shop.rows("orders"))
    ]
    ids = [row["order_id"] for row in orders] or list(ORDER_IDS)
    messages = [
        row | {"buyer": _nick(row["buyer"])} | (draw(_naming(ids)) if draw(st.booleans()) else {})
        for row in shop.rows("messages")
    ]
    messages += [draw(_later(row, ids)) for row in messages[:2]]
    tables = {name: rows for name, rows in shop.tables.items() if name not in ("order_lines", "refunds")}
    placed = [row | {"source_row": place, "message_id": f"m{place}"} for place, row in enumerate(messages, start=1)]
    return replace(
        shop, tables=tables | {"orders": draw(st.permutations(orders)), "messages": draw(st.permutations(placed))}
    )


@st.composite
def _settings(draw: st.DrawFn) -> ShopSettings:
    made = draw(shop_settings())
    values = {name: draw(st.sampled_from(values)) for name, values in MATCHING.items()}
    more = (DatedValue(name, THE_FIRST_DAY, 1000 + seq, value) for seq, (name, value) in enumerate(values.items()))
    return replace(made, dated=(*made.dated, *more))


def _order_id(first: int, place: int) -> str:
    """Return an id that no other place has: of a second round, with one digit more before it."""
    order_id = ORDER_IDS[(first + place) % len(ORDER_IDS)]
    return f"{place // len(ORDER_IDS) or ''}{order_id}"


def _nick(buyer: str) -> str:
    return NICKS.get(buyer, buyer)


def _hidden(buyer: str | None) -> st.SearchStrategy[str | None]:
    given = None if buyer is None else _nick(buyer)
    return st.sampled_from((given, *MASKS))


def _naming(ids: list[str]) -> st.SearchStrategy[Row]:
    text = st.builds(_around, st.sampled_from(ids), st.sampled_from(AROUND), st.sampled_from((False, False, True)))
    kind = st.sampled_from(("text", "text", "text", "order_card", "product_card"))
    return st.builds(lambda text, kind: {"text": text, "kind": kind}, text, kind)


def _around(order_id: str, around: tuple[str, str], wide: bool) -> str:
    return f"{around[0]}{order_id.translate(WIDE) if wide else order_id}{around[1]}"


@st.composite
def _later(draw: st.DrawFn, row: Row, ids: list[str]) -> Row:
    """Draw a message of the same chat that names an id days later."""
    after = draw(st.sampled_from((timedelta(hours=1), timedelta(days=1), timedelta(days=4), timedelta(days=5))))
    return row | draw(_naming(ids)) | {"sent_at": row["sent_at"] + after, "sender": "buyer", "auto": False}
