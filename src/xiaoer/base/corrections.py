"""A correction: what a person says was counted wrongly, who says so, why and when. It changes no imported row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CorrectionKind(StrEnum):
    """What a correction decides about its order or contact."""

    ORDER_AGENT = "order_agent"  # the order is credited to `value`, to nobody without one
    TEST_ORDER = "test_order"  # the order counts nowhere
    SPAM_CONTACT = "spam_contact"  # the contact is filtered
    KEEP_CONTACT = "keep_contact"  # the contact counts, whatever the filters say
    CONTACT_AGENT = "contact_agent"  # the contact was really handled by `value`


Target = tuple[str, str | None, str | None, str | None, date | None]


@dataclass(frozen=True)
class Correction:
    """One correction of an order (`order_id`) or of a contact (`buyer`, `agent`, `day`); `original` is what it was."""

    id: int
    seq: int
    at: str
    shop: str
    kind: CorrectionKind
    author: str
    reason: str
    original: Mapping[str, str | None]
    order_id: str | None = None
    buyer: str | None = None
    agent: str | None = None
    day: date | None = None
    value: str | None = None
    withdrawn_seq: int | None = None

    @property
    def target(self) -> Target:
        """Return what it is about, by natural keys: the same rows imported again are the same target."""
        return (self.shop, self.order_id, self.buyer, self.agent, self.day)


def in_force(corrections: Iterable[Correction], seq: int) -> tuple[Correction, ...]:
    """Return the corrections that decide at a number of the change log: of each target the latest not withdrawn."""
    latest: dict[Target, Correction] = {}
    for one in sorted(corrections, key=lambda one: one.id):
        if one.seq <= seq and (one.withdrawn_seq is None or one.withdrawn_seq > seq):
            latest[one.target] = one
    return tuple(sorted(latest.values(), key=lambda one: one.id))
