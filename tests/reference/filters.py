"""Contacts and the noise filters: the first filter that holds gives the reason."""

from dataclasses import dataclass, field
from datetime import date

from tests.reference.messages import AUTO, BUYER, HUMAN, Line
from tests.reference.rounds import Round
from tests.reference.shop import Shop


@dataclass
class Contact:
    """Every line of one buyer and one account on one local day; `reason` is why it is filtered, None when kept."""

    buyer: str
    account: str
    day: date
    is_robot: bool
    lines: list[Line] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    reason: str | None = None
    transferred_in: bool = False

    def said(self, *whos: str) -> list[Line]:
        """Return the lines of these speakers, in order."""
        return [line for line in self.lines if line.who in whos]

    @property
    def talk(self) -> list[Line]:
        """Return the messages of the buyer and of the account, automatic ones included."""
        return self.said(BUYER, HUMAN, AUTO)

    @property
    def first(self) -> Line:
        """Return the message that it begins with: the first of buyer or account, else whatever line is first."""
        return (self.talk or self.lines)[0]

    @property
    def handed_over(self) -> bool:
        """Return whether it has a transfer line to anybody else."""
        return any(line.is_transfer and short_name(line.transfer_to) != short_name(self.account) for line in self.lines)

    @property
    def has_transfer(self) -> bool:
        """Return whether a transfer line is in it."""
        return any(line.is_transfer for line in self.lines)


def short_name(account: str | None) -> str | None:
    """Return an account without the shop's own part."""
    return None if account is None else account.split(":")[-1]


def contacts_of(shop: Shop, lines: list[Line], rounds: list[Round]) -> list[Contact]:
    """Return every contact with its rounds and, where it is noise, the reason."""
    contacts: dict[tuple[str, str, date], Contact] = {}
    for line in lines:
        key = (line.buyer, line.account, line.day)
        if key not in contacts:
            contacts[key] = Contact(*key, is_robot=shop.is_robot(line.account, line.day))
        contacts[key].lines.append(line)
    for one in rounds:
        contacts[one.buyer, one.account, one.day].rounds.append(one)
    own = {row["agent"] for table in ("agents", "messages", "own_accounts") for row in shop.rows(table)}
    for contact in contacts.values():
        key = (contact.buyer, contact.account, contact.day)
        contact.reason = shop.reasons[key] if key in shop.reasons else _reason(shop, contact, own=own)
        contact.transferred_in = any(
            line.is_transfer
            and (line.buyer, line.day) == (contact.buyer, contact.day)
            and short_name(line.transfer_to) == short_name(contact.account)
            and line.at <= contact.first.at
            for line in lines
        )
    return list(contacts.values())


def _reason(shop: Shop, contact: Contact, *, own: set[str]) -> str | None:
    settings = shop.settings_on(contact.day)
    first_of_buyer = next((line.text for line in contact.said(BUYER)), "")
    answered = [one for one in contact.rounds if one.answered_at is not None]
    code_word = settings.text("advertising_code_word")
    short = len(contact.talk) <= settings.count("advertising_most_messages")
    tries = (
        ("own_account", "filter_own_accounts", contact.buyer in own),
        ("listed_nick", "filter_listed_nicks", contact.buyer in settings.items("listed_nicks")),
        ("empty_chat", "filter_empty_chats", not contact.talk and not contact.has_transfer),
        ("transferred_shell", "filter_transferred_shells", not contact.talk and contact.has_transfer),
        ("advertising", "filter_advertising", short and _uses(contact, code_word)),
        ("bulk_message", "filter_bulk_messages", first_of_buyer.startswith("@")),
        ("monologue", "filter_monologue", not contact.said(BUYER) and not answered),
    )
    for reason, switch, holds in tries:
        if settings.flag(switch) and holds:
            return reason
    return None


def _uses(contact: Contact, code_word: str) -> bool:
    return code_word != "" and any(code_word in line.text for line in contact.said(HUMAN))
