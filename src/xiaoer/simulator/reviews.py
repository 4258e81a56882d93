"""Reviews that buyers leave, coloured by how they were treated."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from xiaoer.simulator.orders import Order
from xiaoer.simulator.phrases import fill, pick
from xiaoer.simulator.wall_time import utc_datetime
from xiaoer.simulator.world import world

SHARE_REVIEWED = 0.3
REPLIES = {"bad": "非常抱歉给您带来不好的体验，售后已联系您处理。", "neutral": "谢谢您的反馈，我们会改进。"}


def review_rows(random: Random, orders: Sequence[Order], end: int) -> Iterator[Mapping[str, Any]]:
    """Yield the reviews written before `end`, in order of time."""
    written = []
    for order in orders:
        drawn, delay = random.random(), random.randrange(600, 3 * 86_400)
        basis = order.received if order.mood else order.finished
        if basis is not None and basis + delay < end and (order.mood or drawn < SHARE_REVIEWED):
            written.append((basis + delay, order))
    for place, (at, order) in enumerate(sorted(written, key=lambda one: (one[0], one[1].order_id)), 1):
        yield _review(random, order, at, place)


def _review(random: Random, order: Order, at: int, place: int) -> Mapping[str, Any]:
    drawn = random.random()
    rating = order.mood or ("good" if drawn < 0.94 else "neutral" if drawn < 0.975 else "bad")
    highest = {"good": 5, "neutral": 4, "bad": 2}[rating]
    slots = {
        "product": order.lines[0].product.name,
        "colour": pick(random, order.lines[0].product.colours),
        "days": str(2 + random.randrange(3)),
    }
    return {
        "review_id": f"R{place:08d}", "order_id": order.order_id, "buyer": order.buyer, "created_at": utc_datetime(at),
        "rating": rating, "service_score": float(highest - (random.random() < 0.12)),
        "product_score": float(highest - (random.random() < 0.18)),
        "logistics_score": float(highest - (random.random() < 0.2)),
        "text": fill(pick(random, getattr(world().reviews, rating)), slots, random),
        "reply": REPLIES.get(rating),
    }  # fmt: skip
