"""Near names: the suggestion in "unknown name, did you mean …"."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

SHORT = 4  # names of people and shops: a difference of one character is a large part of them


def near_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to `most` known names close to the name given, nearest first; empty when none is close.

    Close are names spelt alike, then those that start with it, have a part that does, or contain it, then those it
    starts with, and of short names those with the same first characters.
    """
    names = sorted(set(known))
    typed = name.strip().lower()
    if not typed:
        return []
    alike = get_close_matches(typed, names, n=most, cutoff=0.6)
    ranked = sorted(
        (rank, -_ratio(typed, one), one) for one in names if (rank := _rank(typed, one.lower())) is not None
    )
    return list(dict.fromkeys([*alike, *(one for _, _, one in ranked)]))[:most]


def _rank(typed: str, known: str) -> int | None:
    """Return how a known name has to do with what was typed, 0 for the nearest; None for not at all."""
    parts = known.replace(":", "_").replace("：", "_").replace(".", "_").split("_")
    enough = 1 if not typed.isascii() else 2
    if len(typed) >= enough and known.startswith(typed):
        return 0
    if len(typed) >= enough and any(part.startswith(typed) for part in parts):
        return 1
    if len(typed) >= enough + 1 and typed in known:
        return 2
    if known and typed.startswith(known):
        return 3
    return 4 if _same_beginning(typed, known) else None


def _same_beginning(typed: str, known: str) -> bool:
    """Return whether two short names, not Latin words, begin with the same character."""
    return len(typed) <= SHORT and len(known) <= SHORT and not typed.isascii() and typed[:1] == known[:1]


def _ratio(typed: str, known: str) -> float:
    return SequenceMatcher(None, typed, known).ratio()
