"""One busy shop in which every figure of the catalog is something: nothing agrees by being empty."""

from decimal import Decimal
from typing import Any

from tests.reference.shop import Row
from tests.reference.talk import at, order, shop_of, talk

TALK = """
10:00:00 lan amy ask 有同款吗
10:00:20 lan amy reply 推荐 这一款
11:00:00 mei amy ask
11:00:30 mei amy reply
13:00:00 mei bea ask
13:00:10 mei bea reply
14:00:00 kai bea ask
14:00:40 kai bea reply
15:00:00 ann amy ask
15:00:10 ann amy reply
16:10:00 sue amy reply
16:50:00 joe amy ask
16:50:10 joe amy reply
17:00:00 joe bea ask
17:03:00 joe bea reply
17:04:00 joe bea ask
17:07:00 joe bea reply
17:08:00 joe bea ask
17:11:00 joe bea reply
18:00:00 uma amy ask
18:09:00 uma amy reply
18:18:00 uma amy ask
18:27:00 uma amy reply
18:36:00 uma amy reply
19:00:00 zoe amy ask
19:30:00 ivy amy ask @all
20:00:00 pam amy ask
20:02:00 pam bea reply
21:00:00 ned amy reply
21:05:00 ned amy ask
22:00:00 val amy ask
22:00:05 val amy reply
09:00:00 rex amy ask
09:00:05 rex amy reply
23:30:00 eve amy ask
23:30:10 eve amy reply
"""


def _orders() -> list[Row]:
    told: list[tuple[Any, ...]] = [
        ("o1", "lan", "10:10:00", "10:20:00", {"amount_payable": Decimal(106), "postage": Decimal(6)}),
        ("o2", "mei", "11:10:00", "13:10:00", {"payment": "cod"}),
        ("o3", "kai", "13:30:00", "14:10:00", {"is_deposit": True}),
        ("o4", "ann", "15:10:00", "14T15:00:00", {}),
        ("o5", "sue", "16:00:00", "16:30:00", {}),
        ("o6", "tom", "16:00:00", "16:30:00", {}),
        ("o7", "rex", "09:10:00", None, {"amount_payable": Decimal(50), "shipped_at": None}),
        ("o8", "val", "01T10:00:00", "01T10:01:00", {}),
        ("o10", "joe", "17:20:00", "17:21:00", {}),
        ("o9", "uma", "11T20:00:00", "12T20:00:00", {}),
    ]
    shipped = {"shipped_at": at("12T09:00:00")}
    return [order(key, buyer, created, paid, **(shipped | more)) for key, buyer, created, paid, more in told]


def _refunds() -> list[Row]:
    told = [
        ("r1", "o1", "refund_only", "success", "merchant", False),
        ("r2", "o2", "return", "success", "platform", True),
        ("r3", "o3", "refund_only", "closed", "timeout", False),
        ("r4", "o4", "return", "success", "merchant", False),
    ]
    keys = ("refund_id", "order_id", "kind", "status", "finished_by", "disputed")
    when = {"requested_at": at("11T10:00:00"), "finished_at": at("11T15:00:00"), "amount": Decimal(3), "agent": "amy"}
    whole = {"r2": {"amount": Decimal(10)}}  # the others are of a part of their order
    return [dict(zip(keys, one, strict=True)) | when | whole.get(str(one[0]), {}) for one in told]


def _ratings() -> list[Row]:
    invited = [
        {"buyer": f"b{score}", "agent": "amy", "score": float(score), "source": "agent", "invited_at": at("12:00:00")}
        for score in range(1, 6)
    ]
    own = [
        {"buyer": f"c{score}", "agent": "amy", "score": float(score), "rated_at": at("12:30:00")}
        for score in range(1, 6)
    ]
    client = {"buyer": "boss", "agent": "bea", "score": 4.0, "source": "client", "rated_at": at("12:40:00")}
    return [*invited, *own, client]


BUSY = shop_of(
    messages=[
        {**row, "source_row": place, "kind": "product_card" if row["text"] == "推荐 这一款" else row["kind"]}
        for place, row in enumerate(talk(TALK), start=1)
    ]
    + [row | {"transfer_to": "shop:bea", "source_row": 99} for row in talk("20:01:00 pam amy transfer")],
    orders=_orders(),
    order_lines=[{"order_id": "o1", "line_id": "l1", "quantity": 2, "unit_price": Decimal(60)}],
    refunds=_refunds(),
    ratings=_ratings(),
    presence=[
        {"agent": "amy", "status": "online", "start_at": at("09:00:00"), "end_at": at("12:00:00")},
        {"agent": "amy", "status": "away", "start_at": at("12:00:00"), "end_at": at("13:00:00")},
        {"agent": "amy", "status": "online", "start_at": at("13:00:00"), "end_at": at("11T02:00:00")},
        {"agent": "bea", "status": "online", "start_at": at("12:00:00"), "end_at": at("18:00:00")},
    ],
    calls=[
        {"call_id": "c1", "agent": "amy", "offered_at": at("10:00:00"), "answered_at": at("10:00:10")}
        | {"ended_at": at("10:03:00"), "wrap_up_seconds": 30.0},
        {"call_id": "c2", "offered_at": at("10:05:00"), "abandoned_at": at("10:06:00")},
    ],
    complaints=[{"complaint_id": "k1", "agent": "amy", "created_at": at("12:00:00"), "upheld": True}],
    reviews=[
        {"review_id": "v1", "created_at": at("12:00:00"), "rating": "good", "service_score": 5.0},
        {"review_id": "v2", "created_at": at("12:00:00"), "rating": "bad"},
    ],
    agents=[{"agent": "amy", "group": "pre"}, {"agent": "bea", "group": "post"}],
)
