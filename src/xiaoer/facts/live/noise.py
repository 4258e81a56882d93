"""The noise filters, for one contact as it stands now."""

from xiaoer.base.settings import DaySettings
from xiaoer.facts.live.buyer import LiveContact


class Noise:
    """Tells which contacts count for nobody; a contact that is noise now may be none when more is said."""

    def __init__(self, settings: DaySettings) -> None:
        self._most = settings.count("advertising_most_messages")
        names = ("empty_chats", "transferred_shells", "advertising", "bulk_messages", "monologue")
        self._empty, self._shells, self._advertising, self._bulk, self._monologue = (
            settings.flag(f"filter_{name}") for name in names
        )

    def holds(self, contact: LiveContact) -> bool:
        """Return whether a contact is noise by what was said in it."""
        said = contact.buyer_messages + contact.human_messages + contact.automatic_messages
        return (
            (said == 0 and (self._shells if contact.transfer else self._empty))
            or (self._advertising and contact.code_word and said <= self._most)
            or (self._bulk and contact.bulk)
            or (self._monologue and contact.buyer_messages == 0 and contact.rounds.answered == 0)
        )
