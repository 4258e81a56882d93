from datetime import date
from functools import cache
from pathlib import Path

from xiaoer.base.tables import canonical_tables
from xiaoer.simulator import Simulated, simulate, write_canonical, write_exports
from xiaoer.simulator.exports import refund_list
from xiaoer.simulator.exports.message_split import split_messages
from xiaoer.simulator.wall_time import seconds_of

FIRST = date(2024, 9, 1)


@cache
def shop() -> Simulated:
    return simulate(seed=4, first_day=FIRST, days=16, messages=3_000, agents=5)


def test_the_same_shop_gives_the_same_bytes(tmp_path: Path) -> None:
    again = simulate(seed=4, first_day=FIRST, days=16, messages=3_000, agents=5)
    ones, twos = (write_exports(one, tmp_path / name) for one, name in ((shop(), "one"), (again, "two")))
    assert [path.relative_to(tmp_path / "one") for path in ones] == [
        path.relative_to(tmp_path / "two") for path in twos
    ]
    assert all(one.read_bytes() == two.read_bytes() for one, two in zip(ones, twos, strict=True))


def test_every_message_goes_into_one_form() -> None:
    accounts = frozenset(person.account for person in shop().people)
    messages = shop().tables["messages"]
    split = split_messages(messages, first=seconds_of(FIRST), accounts=accounts, text=True, script=True)
    rows = sorted([*split.qianniu_text, *split.userscript, *split.canonical])
    assert rows == list(range(messages.num_rows))
    assert min(len(split.qianniu_text), len(split.userscript), len(split.canonical)) > 100


def test_copied_text_comes_in_three_shapes(tmp_path: Path) -> None:
    written = write_exports(shop(), tmp_path, forms=frozenset({"qianniu_text"}))
    texts = [path.read_bytes() for path in written if path.parent.name == "千牛聊天"]
    both = [text for text in texts if b" --> " in text]
    alone = [text for text in texts if b" --> " not in text]
    two_lines = [text for text in alone if text.split(b"\r\n")[1].startswith(b"2024-9-1 ")]
    assert both
    assert two_lines
    assert len(alone) > len(two_lines)


def test_the_refund_list_has_its_41_columns() -> None:
    assert len(refund_list.HEADER) == len(set(refund_list.HEADER)) == 41


def test_the_old_order_list_is_gbk_with_guarded_ids_and_blanks_in_the_header(tmp_path: Path) -> None:
    written = write_exports(shop(), tmp_path, forms=frozenset({"order_list_gbk"}))
    header, first, *_ = next(p for p in written if p.name.startswith("ExportOrderList")).read_text("gbk").splitlines()
    assert "订单付款时间 ," in header
    assert first.startswith('"=""4')


def test_without_forms_everything_is_canonical(tmp_path: Path) -> None:
    names = {path.name for path in write_exports(shop(), tmp_path, forms=frozenset())}
    assert names == {f"{name}.csv" for name, table in shop().tables.items() if table.num_rows}
    assert names <= {f"{name}.csv" for name in canonical_tables()}


def test_canonical_files_have_local_times_and_plain_amounts(tmp_path: Path) -> None:
    write_canonical(shop(), tmp_path)
    line = (tmp_path / "orders.csv").read_text("utf-8").splitlines()[1]
    created = shop().tables["orders"]["created_at"][0].as_py()
    assert f"{created.replace(hour=(created.hour + 8) % 24):%H:%M:%S}" in line
    assert ".00" in line
