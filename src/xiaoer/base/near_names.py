"""Near names: the suggestion in "unknown name, did you mean …"."""

from collections.abc import Iterable
from difflib import get_close_matches


def near_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to `most` known names close to the name given, nearest first; empty when none is close."""
    return get_close_matches(name, sorted(set(known)), n=most, cutoff=0.6)
