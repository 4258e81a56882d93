"""What a model sees of words: which runs of one to three characters occur, and marks of mood and shape."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from xiaoer.base.catalog import Catalog, Declared, Words
from xiaoer.inspection.model.example import Said, plain

LONGEST_RUN = 3
START, END = "\x02", "\x03"
MARK_WEIGHT = 0.3  # of a mark, beside runs whose squares add up to 1
SHAPES = ("question", "exclamation", "length", "short", "long")
SHORT, LONG, FULL_LENGTH = 3, 20, 40  # characters
Floats = npt.NDArray[np.float64]


class Mood(Declared):
    """Words that tell one mood."""

    label: Words
    phrases: tuple[str, ...]


class _Moods(Declared):
    moods: dict[str, Mood]


@dataclass(frozen=True)
class Marks:
    """The marks of a model, by name, and the words that tell each mood."""

    moods: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all marks in their order."""
        return (*self.moods, *SHAPES)

    def of(self, said: Iterable[Said]) -> list[float]:
        """Return the marks of what the customer says, 0 to 1 each; the strongest message decides."""
        texts = [plain(one.text) for one in said if one.speaker == "buyer"]
        longest = max(map(len, texts), default=0)
        return [
            *(float(any(word in text for text in texts for word in words)) for words in self.moods.values()),
            float(any("?" in text for text in texts)),
            float(any("!" in text for text in texts)),
            min(longest, FULL_LENGTH) / FULL_LENGTH,
            float(longest <= SHORT),
            float(longest >= LONG),
        ]


@cache
def our_marks() -> Marks:
    """Return the marks of catalog/moods.yaml; a ReportableError lists what is wrong with it."""
    found = Catalog().load_one("moods.yaml", _Moods).moods
    return Marks({name: tuple(plain(word) for word in mood.phrases) for name, mood in found.items()})


def runs(said: Iterable[Said]) -> set[str]:
    """Return the runs of one to three characters of each message, its edges too; whose they are is part of them."""
    found: set[str] = set()
    for one in said:
        text = f"{START}{plain(one.text)}{END}"
        for length in range(1, LONGEST_RUN + 1):
            found |= {one.speaker[0] + text[at : at + length] for at in range(len(text) - length + 1)}
    return found


def columns_of(row: Iterable[str], known: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """Return the columns of the runs that are known, ascending."""
    return np.array(sorted(known[run] for run in row if run in known), np.int64)
