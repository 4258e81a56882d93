"""The order in which messages are kept, found on whole columns at once."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
_BEST_FIRST = [
    ("key", "ascending"), ("sent_at", "descending"), ("text", "descending", "at_end"), ("source_row", "ascending"),
]  # fmt: skip


def names_in_order(texts: pa.Array) -> pa.DictionaryArray:
    """Return texts as numbers that compare as the texts do, byte by byte."""
    coded = texts.dictionary_encode()
    order = pc.array_sort_indices(coded.dictionary)
    rank = np.empty(len(order), np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(rank).take(coded.indices), coded.dictionary.take(order))


def kept_order(parts: Ints, buyers: Ints, sent_at: Ints, source_row: Ints) -> Ints:
    """Return the positions of rows by part, then buyer, then moment, then place in the source.

    Parts and buyers are numbers from 0 on, parts never fall. Part, buyer and place in time are put into one number, for
    numbers alone are sorted much more quickly than rows with several keys.
    """
    by_time = _by_time(parts, sent_at, source_row)
    bits = np.int64(len(parts).bit_length())
    key = parts * (int(buyers.max(initial=0)) + 1) + buyers
    key = (key if by_time is None else key[by_time]) << bits | np.arange(len(parts))
    key.sort()
    order = key & ((1 << bits) - 1)
    return order if by_time is None else by_time[order]


def _by_time(parts: Ints, sent_at: Ints, source_row: Ints) -> Ints | None:
    """Return the positions of rows by moment and place in the source; None where each part has them so already."""
    before, after = sent_at[:-1], sent_at[1:]
    falls = (after < before) | ((after == before) & (source_row[1:] < source_row[:-1]))
    if not (falls & (parts[1:] == parts[:-1])).any():
        return None
    return np.lexsort((source_row, sent_at)).astype(np.int64)


def once_each(rows: pa.Table, parts: Ints) -> npt.NDArray[np.bool_] | None:
    """Return which rows stay when each message id stays once in its part; None where all do.

    Of several the latest stays, then the greatest text, then the first in the source.
    """
    ids = rows["message_id"].combine_chunks()
    if ids.null_count == len(ids):
        return None
    known = pc.indices_nonzero(pc.is_valid(ids)).to_numpy().astype(np.int64)
    codes = ids.take(pa.array(known)).dictionary_encode()
    key = parts[known] * len(codes.dictionary) + codes.indices.to_numpy()
    _, which, times = np.unique(key, return_inverse=True, return_counts=True)
    again = times[which] > 1
    if not again.any():
        return None
    repeated = pa.table({"key": which[again], "row": known[again]})
    for name in ("sent_at", "text", "source_row"):
        repeated = repeated.append_column(name, rows[name].take(repeated["row"]))
    in_order = repeated.take(pc.sort_indices(repeated, sort_keys=_BEST_FIRST))
    keys = in_order["key"].to_numpy()
    stays = np.ones(len(ids), np.bool_)
    stays[in_order["row"].to_numpy()[1:][keys[1:] == keys[:-1]]] = False
    return stays
