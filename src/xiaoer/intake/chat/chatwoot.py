"""People and times as Chatwoot writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xiaoer.intake.chat.json_documents import text_of
from xiaoer.intake.chat.moments import any_time, normal_time
from xiaoer.intake.chat.records import Record

Person = Mapping[str, Any]


@dataclass
class Names:
    """Agents go by their names; which of them two people share is remembered."""

    ids: dict[str, str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)

    def agent(self, person: Person | None) -> str | None:
        """Return the agent's name, its number where it has none."""
        if not person:
            return None
        id_ = text_of(person.get("id")) or ""
        name = text_of(person.get("name")) or text_of(person.get("available_name")) or id_
        if name and id_ and self.ids.setdefault(name, id_) != id_:
            self.shared.add(name)
        return name or None


def buyer_of(contact: Person | None) -> str | None:
    """Return what a contact goes by: the shop's own identifier of it, else its name and number, as names repeat."""
    if not contact:
        return None
    if identifier := text_of(contact.get("identifier")):
        return identifier
    name, id_ = text_of(contact.get("name")) or "", text_of(contact.get("id"))
    return (f"{name}#{id_}" if id_ else name) or None


def contact_of(message: Record, around: tuple[Record, ...]) -> tuple[str | None, Person | None]:
    """Return the buyer and the assignee of the message's conversation, as far as anything around it tells."""
    sender = message.get("sender")
    buyer = buyer_of(sender) if isinstance(sender, dict) and sender.get("type") == "contact" else None
    assignee: Person | None = None
    for record in (message, *around):
        inner = record.get("conversation")
        for place in (record, inner if isinstance(inner, dict) else {}):
            meta = place.get("meta")
            told = meta if isinstance(meta, dict) else {}
            contact = _one(told.get("contact")) or (_one(told.get("sender"))) or _one(place.get("contact"))
            buyer = buyer or buyer_of(contact)
            assignee = assignee or _one(told.get("assignee"))
    return buyer, assignee


def moment_of(text: str) -> tuple[str, str]:
    """Return the time of a message, and again as the key that sorts."""
    if text.isascii() and text.isdigit():
        return any_time(text), text.zfill(20)
    return text, normal_time(text)[1]


def _one(value: object) -> Person | None:
    """Return the person; some answers wrap it in a list called payload."""
    if isinstance(value, dict) and isinstance(value.get("payload"), list) and value["payload"]:
        value = value["payload"][0]
    return value if isinstance(value, dict) else None
