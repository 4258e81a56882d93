"""Texts folded so that one spelling of a phrase finds all of them, with the way back to the original characters.

Traditional characters become Simplified, full-width half-width, capitals small; blanks, decorations, emoji and the
codes of Wangwang and Dongdong faces are left out, so that they can not hide a word.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from opencc import OpenCC

from xiaoer.facts.compiled import compiled
from xiaoer.facts.walked import Ints

Units = npt.NDArray[np.uint16]
PLANE = 0x10000
# What people put between the characters of a word to hide it; sentence marks stay, for they end a thought.
_DECORATIONS = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad*·•∙・^_~～`|¦▪■□●○◆◇★☆♥♡❤"
_SAME_AS = {"➕": "+", "✚": "+", "〇": "0"}
_SLASH, _COLON, _HASH, _BIG_E, _DASH = (ord(sign) for sign in "/:#E-")
_LONGEST_CODE = 4


@dataclass(frozen=True)
class Folded:
    """Folded texts in one row of units, each text ended by a 0; `origin` is the place of each in its own text."""

    units: Units
    origin: npt.NDArray[np.int32]
    starts: Ints

    def message_of(self, unit: Ints) -> Ints:
        """Return which text each unit belongs to."""
        return np.searchsorted(self.starts, unit, side="right").astype(np.int64) - 1


def folded(texts: pa.Array | pa.ChunkedArray) -> Folded:
    """Return the texts folded; null is empty."""
    array = _plain(texts)
    offsets = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    data = array.buffers()[2]
    raw = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    room = int(offsets[-1] - offsets[0]) + len(array) + 1
    units, origin = np.empty(room, np.uint16), np.empty(room, np.int32)
    starts = np.empty(len(array) + 1, np.int64)
    used = _fold(raw, offsets, fold_table(), units, origin, starts)
    return Folded(units[:used], origin[:used], starts[:-1])


def folded_text(text: str) -> str:
    """Return one text folded, as phrases are."""
    one = folded(pa.array([text], pa.string()))
    return one.units[:-1].tobytes().decode("utf-16-le")


def _plain(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    array = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.string())
    array = array.cast(pa.string())
    array = array.fill_null("") if array.null_count else array
    return array if len(array) else pa.array([""], pa.string()).slice(0, 0)


@cache
def fold_table() -> Units:
    """Return for each character of the basic plane what it is folded into, 0 for what is left out."""
    characters = [chr(code) for code in range(PLANE) if not 0xD800 <= code <= 0xDFFF]
    normal = [_normal(character) for character in characters]
    simple = OpenCC("t2s").convert("\n".join(normal)).split("\n")
    table = np.zeros(PLANE, np.uint16)
    for character, before, after in zip(characters, normal, simple, strict=True):
        table[ord(character)] = ord(after if len(after) == 1 and ord(after) < PLANE else before)
    table[ord("\n")] = 0
    return table


def _normal(character: str) -> str:
    character = _SAME_AS.get(character, character)
    one = unicodedata.normalize("NFKC", character).lower()
    dropped = unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me", "So", "Co")
    if dropped or character in _DECORATIONS:
        return "\0"
    return one if len(one) == 1 and ord(one) < PLANE else character


@compiled
def _fold(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32], table: Units, units: Units,
    origin: npt.NDArray[np.int32], starts: Ints,
) -> int:  # fmt: skip
    used = 0
    for text in range(len(offsets) - 1):
        starts[text] = used
        place, end, character = offsets[text], offsets[text + 1], 0
        while place < end:
            first = data[place]
            if first < 0x80:
                code, width = np.int64(first), 1
                face = _face_code(data, place, end)
                if face:
                    place += face
                    character += face
                    continue
            elif first < 0xE0:
                code, width = np.int64(((first & 0x1F) << 6) | (data[place + 1] & 0x3F)), 2
            elif first < 0xF0:
                high = (np.int64(first) & 0x0F) << 12
                code, width = high | ((np.int64(data[place + 1]) & 0x3F) << 6) | (np.int64(data[place + 2]) & 0x3F), 3
            else:
                code, width = np.int64(0), 4
            folded_into = table[code]
            if folded_into:
                units[used] = folded_into
                origin[used] = character
                used += 1
            place += width
            character += 1
        units[used] = 0
        origin[used] = character
        used += 1
    starts[len(offsets) - 1] = used
    return used


@compiled
def _face_code(data: npt.NDArray[np.uint8], place: int, end: int) -> int:
    """Return how many characters the code of a face takes from here on: /:^_^ of Wangwang, #E-s12 of Dongdong."""
    if place + 2 < end and data[place] == _SLASH and data[place + 1] == _COLON:
        length = 2
    elif place + 3 < end and data[place] == _HASH and data[place + 1] == _BIG_E and data[place + 2] == _DASH:
        length = 3
    else:
        return 0
    most = length + _LONGEST_CODE
    while length < most and place + length < end and 33 <= data[place + length] <= 126:
        if data[place + length] == _SLASH or data[place + length] == _HASH:
            break
        length += 1
    return length
