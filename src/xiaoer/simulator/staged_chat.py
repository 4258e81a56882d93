"""Staged chats: short dialogues of catalog/staged_chats, by inspection item, that break it or only nearly do."""

import re
from functools import cache
from random import Random
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, RootModel

from xiaoer.base.catalog import Catalog, Declared
from xiaoer.simulator.phrases import pick

UNSEEN = "unseen"  # the file whose chats no item was mended with
_LINE = re.compile(r"(?:\+(?P<after>\d+) )?(?P<who>[买客机])(?:\[(?P<kind>[a-z_]+)\])?：(?P<text>.*)", re.DOTALL)
_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


class StagedLine(Declared):
    """One line: 买 customer, 客 agent, 机 automatic reply; `+300 客：…` comes some 300 seconds after the one before."""

    who: str
    text: str
    kind: str = "text"
    after: int | None = None


def _line(written: Any) -> Any:  # noqa: ANN401 -- what a file holds can be anything
    found = _LINE.fullmatch(written) if isinstance(written, str) else None
    return written if found is None else {name: part for name, part in found.groupdict().items() if part is not None}


class StagedChat(Declared):
    """What is said, which other items it breaks too, and what the shop knows: an old order, a new one, a card."""

    say: tuple[Annotated[StagedLine, BeforeValidator(_line)], ...]
    also: tuple[str, ...] = ()
    bare: bool = False  # without the usual welcome before it
    regular: bool = False
    order: dict[str, str] = {}
    card: dict[str, str] = {}


def _chat(written: Any) -> Any:  # noqa: ANN401 -- see above
    return {"say": written} if isinstance(written, list) else written


class _OfItem(Declared):
    breaches: tuple[Annotated[StagedChat, BeforeValidator(_chat)], ...]
    near_misses: tuple[Annotated[StagedChat, BeforeValidator(_chat)], ...]


class _File(RootModel[dict[str, _OfItem]]):
    """The items of one standard."""


class Staged(NamedTuple):
    """A staged chat with its truth: every item that it breaks, and whether it is of those no item was mended with."""

    item: str
    chat: StagedChat
    breaks: tuple[str, ...]
    unseen: bool


@cache
def staged_chats() -> tuple[Staged, ...]:
    """Return every staged chat in the order of the files; a ReportableError lists all that is wrong with them."""
    return tuple(
        Staged(item, chat, (*own, *chat.also), name == UNSEEN)
        for name, file in Catalog().load("staged_chats", _File).items()
        for item, chats in file.root.items()
        for own, listed in (((item,), chats.breaches), ((), chats.near_misses))
        for chat in listed
    )


def worded(text: str, random: Random) -> str:
    """Return a text with one of each of its choices, written (one|another)."""
    return _CHOICE.sub(lambda found: pick(random, tuple(found[1].split("|"))), text)
