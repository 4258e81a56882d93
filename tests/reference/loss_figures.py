"""Figures of what became of inquiries beyond conversion: when they ordered, where they were lost."""

from collections.abc import Callable
from decimal import Decimal

from tests.reference.figures import Figure, Slice, ratio
from tests.reference.inquiry import CONVERTED, LOST_NOT_ORDERED, LOST_UNPAID, Inquiry
from tests.reference.reception_figures import received


def _buyers(holds: Callable[[Inquiry], bool]) -> Callable[[Slice], int]:
    return lambda rows: rows.buyers("inquiry", holds, lambda one: one.reception.buyer)


def _over(numerator: Callable[[Slice], int], denominator: Callable[[Slice], int]) -> Figure:
    return lambda rows: ratio(numerator(rows), denominator(rows))


_counted = _buyers(lambda one: one.counts)
_every = _buyers(lambda one: one.outcome is not None)
_lost = _buyers(lambda one: one.outcome in (LOST_NOT_ORDERED, LOST_UNPAID))
_ordered = _buyers(lambda one: one.counts and one.ordered)
_converted = _buyers(lambda one: one.outcome == CONVERTED)
_shipped = _buyers(lambda one: one.counts and one.shipped)
_same_day = _buyers(lambda one: one.counts and one.converted_same_day)

LOSS: dict[str, Figure] = {
    "lost_buyers": _lost,
    "lost_share": _over(_lost, _counted),
    "lost_next_day_buyers": _buyers(lambda one: one.counts and not one.ordered_next_day),
    "ordered_buyers_same_day": _buyers(lambda one: one.counts and one.ordered_same_day),
    "ordered_buyers_next_day": _buyers(lambda one: one.counts and one.ordered_next_day),
    "order_share": _over(_ordered, _counted),
    "ordered_paid_share": _over(_converted, _ordered),
    "converted_buyers_same_day": _same_day,
    "conversion_share_same_day": _over(_same_day, _counted),
    "conversion_share_of_all": _over(_converted, _every),
    "inquiry_shipped_buyers": _shipped,
    "inquiry_shipped_share": _over(_shipped, _counted),
    "lost_unshipped_buyers": _buyers(lambda one: one.counts and one.ordered and not one.shipped),
    "converted_yuan_final": lambda rows: sum((one.final_amount_paid for one in rows.all("inquiry")), Decimal(0)),
    "converted_yuan_same_day": lambda rows: sum((one.same_day_amount_paid for one in rows.all("inquiry")), Decimal(0)),
    "inquiry_share": _over(_every, received),
    "visit_order_share": _over(_buyers(lambda one: one.ordered), received),
    "recommended_conversion_share": _over(
        _buyers(lambda one: one.outcome == CONVERTED and one.reception.recommendations > 0),
        _buyers(lambda one: one.counts and one.reception.recommendations > 0),
    ),
}
