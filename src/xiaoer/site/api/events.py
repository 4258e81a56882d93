"""Events: posted, kept before they are answered, and how far they are."""

from django.http import HttpRequest
from ninja import Status

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place
from xiaoer.site.api.shapes import AppendedShape, JournalShape, SentEvents
from xiaoer.site.api.shops import shop_of
from xiaoer.site.journal.append import Event, append
from xiaoer.site.journal.rows import row_of
from xiaoer.site.journal.state import journal_state


def post_events(request: HttpRequest, shop: int, sent: SentEvents) -> Status[AppendedShape]:
    """Keep events of a shop: rows of the canonical tables, each under a key of your own.

    They are on the disk when the answer is 202. A key that was sent before with the same row changes nothing, so that
    whatever was not answered can be sent again; with another row it is refused (409), and so is the whole batch.
    A message without `message_id` takes its key. The store takes events in about once a minute.
    """
    place = shop_of(request, shop)
    events: list[Event] = []
    issues: list[Issue] = []
    for number, one in enumerate(sent.events, start=1):
        row, wrong = row_of(one.table, one.row, shop=place.name, key=one.key, place=Place(line=number))
        issues += wrong
        events.append(Event(one.key, one.table, row))
    if issues:
        raise ReportableError(issues)
    made = append(events, shop=place, token=request.auth)
    return Status(202, AppendedShape(accepted=made.accepted, repeated=made.repeated))


def events_state(request: HttpRequest, shop: int) -> JournalShape:
    """Say how many events were received, are in the store, wait, or could not be used."""
    state = journal_state(shop_of(request, shop))
    return JournalShape(
        received=state.received, taken_in=state.taken_in, waiting=state.waiting, refused=state.refused,
        oldest_waiting_at=state.oldest_waiting_at,
    )  # fmt: skip
