"""What a model learns from and is asked about: words of one conversation, and what people said of them."""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

LONGEST = 400  # characters of one message; what is longer was pasted


@dataclass(frozen=True, order=True)
class Said:
    """One message: who wrote it (buyer, agent) and its text."""

    speaker: str
    text: str


@dataclass(frozen=True, order=True)
class Example:
    """Words with the label that people gave them; `conversation` keeps what belongs together on one side of a split."""

    conversation: str
    said: tuple[Said, ...]
    label: str


def plain(text: str) -> str:
    """Return a text as models read it: one width, small letters, single blanks, cut where it is very long."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).lower().split())


def parts_of(conversations: list[str], parts: int) -> list[int]:
    """Return the part (from 0) of each row when conversations are dealt out evenly, whatever the order of the rows."""
    shuffled = sorted(set(conversations), key=lambda one: (sha256(one.encode()).hexdigest(), one))
    dealt = {one: place % parts for place, one in enumerate(shuffled)}
    return [dealt[one] for one in conversations]
