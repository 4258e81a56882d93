"""A shop of a few answered questions, each with its wait, so that every comparison can be worked out by hand."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from tests.functional.cli.door import xiaoer

# Day and hour, agent, the waits of the questions asked then, each by a buyer of its own.
Talk = tuple[str, str, tuple[int, ...]]
AI, LIN = "晨光店:小艾", "晨光店:小林"
TALKS: tuple[Talk, ...] = (
    ("2024-09-02 10", AI, (20, 40)),
    ("2024-09-02 10", LIN, (60,)),
    ("2024-09-03 10", AI, (10, 20)),
    ("2024-09-03 10", LIN, (120,)),
    ("2024-09-09 10", AI, (50,)),
    # The worked example of docs/explain/load-adjusted: quicker at every hour, slower over all.
    ("2024-09-16 10", AI, (30, 50)),
    ("2024-09-16 22", AI, (15,) * 6),
    ("2024-09-16 10", LIN, (30,) * 6),
    ("2024-09-16 22", LIN, (5, 5)),
)
ORDERS = """shop,order_id,buyer,created_at,paid_at,amount_paid,item_count
晨光店,1790000000000000011,2024-09-02 10晨光店:小艾0,2024-09-02 10:30:00,2024-09-02 10:31:00,100.00,1
晨光店,1790000000000000012,2024-09-03 10晨光店:小林0,2024-09-03 10:30:00,2024-09-03 10:31:00,60.00,1
晨光店,1790000000000000013,2024-09-16 10晨光店:小艾0,2024-09-16 10:30:00,2024-09-17 10:31:00,40.00,1
"""
AGENTS = "agent,name,group,role\n晨光店:小艾,小艾,售前,pre_sale\n晨光店:小林,小林,售前,pre_sale\n"


def messages(talks: Iterable[Talk]) -> str:
    """Return the messages as a file: each question a minute and a half after the one before."""
    lines = ["shop,buyer,agent,sent_at,sender,text"]
    for start, agent, waits in talks:
        for number, wait in enumerate(waits):
            asked = datetime.fromisoformat(f"{start}:00:00") + timedelta(seconds=90 * number)
            buyer = f"{start}{agent}{number}"
            lines.append(f"晨光店,{buyer},{agent},{asked},buyer,在吗")
            lines.append(f"晨光店,{buyer},{agent},{asked + timedelta(seconds=wait)},agent,在的")
    return "\n".join(lines) + "\n"


def import_talks(folder: Path) -> Path:
    """Return a home with this shop in it; average_response_seconds has a target of 45 s."""
    files = folder / "files"
    files.mkdir()
    for name, text in (("messages.csv", messages(TALKS)), ("orders.csv", ORDERS), ("agents.csv", AGENTS)):
        (files / name).write_text(text, encoding="utf-8")
    home = folder / "home"
    assert xiaoer(home, "import", files, "--shop", "晨光店").code == 0
    assert xiaoer(home, "settings", "set", "target.average_response_seconds", "45").code == 0
    return home
