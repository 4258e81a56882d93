from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xiaoer.base.errors import ReportableError
from xiaoer.base.tables import canonical_tables
from xiaoer.simulator.large import write_large


def read(paths: list[Path], name: str) -> pa.Table:
    return pa.concat_tables([pq.read_table(path) for path in paths if path.name.startswith(name)])


def _plain(type_: pa.DataType) -> pa.DataType:
    """Instants are marked as UTC in a file, so that no reader takes them for local times."""
    return pa.timestamp("us") if type_ == pa.timestamp("us", "UTC") else type_


def test_a_large_shop_is_canonical_and_about_as_large_as_asked(tmp_path: Path) -> None:
    paths = write_large(tmp_path, messages=60_000, seed=1, days=3, agents=8)
    assert len(paths) == 6
    for name in ("messages", "orders"):
        table, declared = read(paths, name), canonical_tables()[name]
        assert set(declared.required) <= set(table.column_names)
        assert all(_plain(field.type) == declared.column(field.name).arrow_type for field in table.schema)
        keys = Counter(zip(*(table[column].to_pylist() for column in declared.key), strict=True))
        assert max(keys.values()) == 1
    assert read(paths, "messages").num_rows == pytest.approx(60_000, rel=0.02)


def test_a_large_shop_has_ties_several_agents_autos_and_the_unanswered(tmp_path: Path) -> None:
    messages = read(write_large(tmp_path, messages=30_000, seed=2, days=1, agents=8), "messages")
    buyers, agents, at, sender, auto = (
        messages[name].to_pylist() for name in ("buyer", "agent", "sent_at", "sender", "auto")
    )
    assert max(Counter(zip(buyers, at, strict=True)).values()) > 1
    of_buyer: dict[str, set[str]] = {}
    answered = set()
    for buyer, agent, who, automatic in zip(buyers, agents, sender, auto, strict=True):
        of_buyer.setdefault(buyer, set()).add(agent)
        if who == "agent" and not automatic:
            answered.add(buyer)
    assert sum(len(found) > 1 for found in of_buyer.values()) > 100
    assert 0 < len(of_buyer) - len(answered) < len(of_buyer) * 0.1
    assert 0 < sum(auto) < len(auto) * 0.1


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    ones, twos = (write_large(tmp_path / name, messages=5_000, seed=9, days=2) for name in ("one", "two"))
    assert [path.read_bytes() for path in ones] == [path.read_bytes() for path in twos]


def test_nothing_to_write_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ReportableError):
        write_large(tmp_path, messages=0, seed=1)
