"""How fast a thousand phrases are found: our one pass, Python's `re`, and one regular expression in SQL."""

import random
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from xiaoer.base.catalog import Catalog
from xiaoer.inspection.folding import folded, folded_text
from xiaoer.inspection.phrase_book import PhraseBook
from xiaoer.inspection.scanner import GAP, Scanner
from xiaoer.inspection.standards import load_standards
from xiaoer.simulator import simulate

PHRASES = 1_000
SAMPLE = 40_000  # messages that the slow ways are tried on; their time is scaled up


@dataclass(frozen=True)
class Scanned:
    """One way: processor seconds for all messages, messages a second on one core, hits."""

    name: str
    seconds: float
    messages_a_second: float
    hits: int


def inspect_benchmark(*, messages: int, runs: int) -> list[Scanned]:
    """Return how long each way takes for so many messages; slow ways are measured on a part and scaled."""
    phrases, texts = thousand_phrases(), simulated_texts(messages)
    part = texts.slice(0, SAMPLE)
    pattern = "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))
    compiled, scanner = re.compile(pattern), Scanner(phrases)
    scanner.scan(part)  # the automaton is made, the pass compiled
    plain = [_folded(text) for text in part.to_pylist()]
    database = duckdb.connect()
    database.execute("SET threads = 1")
    database.register("part", pa.table({"text": plain}))
    sql = f"SELECT count(*) FROM part WHERE regexp_matches(text, '{pattern.replace(chr(39), chr(39) * 2)}')"
    return [
        _timed("one automaton, folding included", lambda: len(scanner.scan(texts).phrase), messages, 1.0, runs),
        _timed("folding alone", lambda: len(folded(texts).units), messages, 1.0, runs),
        _timed(
            "Python's re, texts folded before", lambda: sum(len(compiled.findall(one)) for one in plain), messages,
            messages / SAMPLE, runs,
        ),
        _timed(
            "one SQL regular expression, texts folded before", lambda: _count(database, sql), messages,
            messages / SAMPLE, 1,
        ),
    ]  # fmt: skip


def _count(database: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = database.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _timed(name: str, run: Callable[[], int], messages: int, scale: float, runs: int) -> Scanned:
    took, hits = [], 0
    for _ in range(runs):
        start = time.process_time()
        hits = run()
        took.append((time.process_time() - start) * scale)
    seconds = statistics.median(took)
    return Scanned(name, seconds, messages / seconds, hits)


def thousand_phrases() -> tuple[str, ...]:
    """Return the phrases of the standards without gaps, filled up with invented ones to a thousand."""
    own = [one for one in PhraseBook(load_standards(Catalog())).phrases if GAP not in one]
    chance, characters = random.Random(11), sorted({letter for one in own for letter in one if not letter.isascii()})
    made = {"".join(chance.choices(characters, k=chance.randint(2, 6))) for _ in range(2 * PHRASES)}
    return tuple([*own, *sorted(made - set(own))][:PHRASES])


def simulated_texts(messages: int) -> pa.Array:
    """Return texts of a simulated shop, repeated up to so many."""
    made = simulate(seed=71, first_day=date(2025, 3, 3), days=10, messages=40_000, agents=12).tables["messages"]
    texts = made["text"].combine_chunks()
    return pa.concat_arrays([texts] * (messages // len(texts) + 1)).slice(0, messages)


def _folded(text: str | None) -> str:
    return folded_text(text or "")
