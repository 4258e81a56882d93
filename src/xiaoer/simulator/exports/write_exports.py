"""One folder of files like a shop's real exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import pyarrow as pa

from xiaoer.simulator.exports.canonical_files import write_table
from xiaoer.simulator.exports.message_split import MessageSplit, split_messages
from xiaoer.simulator.exports.order_details import write_order_details
from xiaoer.simulator.exports.order_list import write_order_list
from xiaoer.simulator.exports.qianniu_text import write_qianniu_text
from xiaoer.simulator.exports.refund_list import write_refund_list
from xiaoer.simulator.exports.userscript import write_userscript
from xiaoer.simulator.wall_time import DAY_SECONDS, seconds_of
from xiaoer.simulator.world import world

if TYPE_CHECKING:
    from xiaoer.simulator.simulate import Simulated

Form = Literal["qianniu_text", "userscript", "order_list_gbk", "order_details_xlsx", "refund_list_xlsx"]
ALL_FORMS: frozenset[Form] = frozenset(get_args(Form))


def write_exports(simulated: "Simulated", folder: Path, *, forms: frozenset[Form] = ALL_FORMS) -> list[Path]:
    """Write the shop's files and return them; what a form left out would carry is written as canonical CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = simulated.tables
    paths = _write_chats(simulated, folder, forms)
    left = {name: table for name, table in tables.items() if name != "messages"}
    if "order_list_gbk" in forms:
        paths += write_order_list(left.pop("orders"), tables["order_lines"], folder / "订单")
    if "order_details_xlsx" in forms:
        paths += write_order_details(left.pop("order_lines"), tables["orders"], tables["refunds"], folder / "订单")
    if "refund_list_xlsx" in forms:
        paths += write_refund_list(left.pop("refunds"), tables["orders"], folder / "订单")
    return paths + [write_table(table, folder / f"{name}.csv") for name, table in left.items() if table.num_rows]


def _write_chats(simulated: "Simulated", folder: Path, forms: frozenset[Form]) -> list[Path]:
    robot = f"{simulated.shop}:{world().robot}"
    accounts = frozenset(person.account for person in simulated.people) | {robot}
    messages = simulated.tables["messages"]
    split = split_messages(messages, first=seconds_of(simulated.first_day), accounts=accounts,
                           text="qianniu_text" in forms, script="userscript" in forms)  # fmt: skip
    exported = seconds_of(simulated.last_day) + DAY_SECONDS
    paths = (
        write_qianniu_text(split.said, split.qianniu_text, folder / "千牛聊天", robot=robot)
        if split.qianniu_text
        else []
    )
    if split.userscript:
        paths += write_userscript(split.said, split.userscript, folder / "聊天记录", exported=exported)
    return paths + _write_rest(messages, split, folder)


def _write_rest(messages: pa.Table, split: MessageSplit, folder: Path) -> list[Path]:
    return [write_table(messages.take(split.canonical), folder / "messages.csv")] if split.canonical else []
