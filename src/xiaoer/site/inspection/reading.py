"""Whether days are read: many that are not are work of their own, few are read while the reader waits."""

from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import Inspected, reading_state
from xiaoer.site.kept import forget, kept

AT_ONCE = 3  # so many days are read while the reader waits


def reading_known(ask: InspectAsk) -> Inspected:
    """Return how many days have messages and how many of them are still to be read; asked anew until none is."""
    state = kept(reading_state, ask)
    if state.read:
        forget(reading_state, ask)
    return state
