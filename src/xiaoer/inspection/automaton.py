"""One automaton for all phrases (Aho and Corasick, 1975): each character is looked at once, however many there are.

Written here because a hit must stay a number in an array: the libraries at hand make a Python tuple of each, which
takes ten times as long as finding it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xiaoer.facts.compiled import compiled
from xiaoer.facts.walked import Ints
from xiaoer.inspection.folding import PLANE, Units

States = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Automaton:
    """States in a dense table: `move[state, kind of character]`; what ends in a state is a chain of parts."""

    kind: npt.NDArray[np.int32]  # of each character, 0 for what no phrase has
    move: States
    first_out: States  # the longest part that ends in a state, −1 for none
    next_out: States  # the next shorter one that ends with it, by part
    length: Ints

    def find(self, units: Units) -> tuple[Ints, Ints, Ints]:
        """Return part, first unit and text of every hit, in the order in which they end; texts end with a 0."""
        room = len(units) // 4 + 1024
        while True:
            part, start, text = (np.empty(room, np.int64) for _ in range(3))
            found = _find(units, self.kind, self.move, self.first_out, self.next_out, self.length, part, start, text)
            if found <= room:
                return part[:found], start[:found], text[:found]
            room = found


def automaton_of(parts: Sequence[str]) -> Automaton:
    """Return the automaton of different, non-empty texts of the basic plane."""
    letters = sorted({letter for part in parts for letter in part})
    kind = np.zeros(PLANE, np.int32)
    for number, letter in enumerate(letters, 1):
        kind[ord(letter)] = number
    tree, ends = _tree(parts)
    move = np.zeros((len(tree), len(letters) + 1), np.int32)
    first_out = np.full(len(tree), -1, np.int32)
    next_out = np.full(max(1, len(parts)), -1, np.int32)
    fall = [0] * len(tree)
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        shorter = first_out[fall[state]] if state else -1
        if state in ends:
            first_out[state], next_out[ends[state]] = ends[state], shorter
        else:
            first_out[state] = shorter
        if state:
            move[state] = move[fall[state]]
        for letter, child in tree[state].items():
            fall[child] = int(move[fall[state], kind[ord(letter)]]) if state else 0
            waiting.append(child)
        for letter, child in tree[state].items():
            move[state, kind[ord(letter)]] = child
    return Automaton(kind, move, first_out, next_out, np.array([len(part) for part in parts] or [0], np.int64))


def _tree(parts: Sequence[str]) -> tuple[list[dict[str, int]], dict[int, int]]:
    """Return the children of each state, and the part that each last state spells."""
    tree: list[dict[str, int]] = [{}]
    ends: dict[int, int] = {}
    for number, part in enumerate(parts):
        state = 0
        for letter in part:
            if letter not in tree[state]:
                tree[state][letter] = len(tree)
                tree.append({})
            state = tree[state][letter]
        ends[state] = number
    return tree, ends


@compiled
def _find(  # noqa: PLR0913 -- one pass over plain arrays
    units: Units, kind: npt.NDArray[np.int32], move: States, first_out: States, next_out: States, length: Ints,
    part: Ints, start: Ints, text: Ints,
) -> int:  # fmt: skip
    """Fill in the hits and return how many there are, those that found no room too."""
    found, state, number = 0, np.int32(0), 0
    for at in range(len(units)):
        unit = units[at]
        if unit == 0:
            state = np.int32(0)
            number += 1
            continue
        state = move[state, kind[unit]]
        out = first_out[state]
        while out >= 0:
            if found < len(part):
                part[found] = out
                start[found] = at + 1 - length[out]
                text[found] = number
            found += 1
            out = next_out[out]
    return found
