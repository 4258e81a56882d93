"""How far the journal is: what was received, what the store has, what waits since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from xiaoer.site.models import Delivery, ReceivedEvent, Shop


@dataclass(frozen=True)
class JournalState:
    """Counts of one shop's events; `refused` ones could not be used by the store and are kept."""

    received: int
    taken_in: int
    waiting: int
    refused: int
    oldest_waiting_at: datetime | None


def journal_state(shop: Shop) -> JournalState:
    """Return where the events of a shop stand."""
    counted = ReceivedEvent.objects.filter(shop=shop).values_list("delivery__state").annotate(Count("id"))
    counts = dict(counted.order_by())
    done = counts.get(Delivery.State.DONE, 0)
    refused = counts.get(Delivery.State.REFUSED, 0)
    received = sum(counts.values())
    not_yet = ReceivedEvent.objects.filter(shop=shop).exclude(
        delivery__state__in=[Delivery.State.DONE, Delivery.State.REFUSED]
    )
    oldest = not_yet.aggregate(oldest=Min("received_at"))["oldest"]
    return JournalState(received, done, received - done - refused, refused, oldest)
