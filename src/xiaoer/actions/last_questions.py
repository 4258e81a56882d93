"""What customers asked last: the last message of each in a chat with an account on a local day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.conversation import messages_of_day
from xiaoer.actions.shop_data import ShopData
from xiaoer.base.errors import ReportableError

Chat = tuple[date, str, str]  # local day, account, customer
TEXT = "text"


def last_questions(data: ShopData, shop: str, chats: Iterable[Chat]) -> Mapping[Chat, tuple[str, str]]:
    """Return the kind and the text of each chat's last customer's message; a chat without any is left out."""
    of_day: dict[date, set[Chat]] = defaultdict(set)
    for chat in chats:
        of_day[chat[0]].add(chat)
    found: dict[Chat, tuple[str, str]] = {}
    for day, wanted in sorted(of_day.items()):
        found |= _of_day(data, shop, day, wanted)
    return found


def _of_day(data: ShopData, shop: str, day: date, wanted: set[Chat]) -> dict[Chat, tuple[str, str]]:
    try:
        messages = messages_of_day(data, shop, day)
    except ReportableError:  # the inquiry was known when its messages were; they are gone since
        return {}
    people = {"buyer": sorted({one[2] for one in wanted}), "agent": sorted({one[1] for one in wanted})}
    asked = pc.equal(messages["sender"].cast(pa.string()), "buyer")
    for name, known in people.items():
        asked = pc.and_(asked, pc.is_in(messages[name].cast(pa.string()), pa.array(known, pa.string())))
    found: dict[Chat, tuple[str, str]] = {}
    for row in messages.filter(asked).to_pylist():  # in the order in which they were sent
        chat = (day, row["agent"], row["buyer"])
        if chat in wanted:
            found[chat] = (row["kind"] or TEXT, row["text"] or "")
    return found
