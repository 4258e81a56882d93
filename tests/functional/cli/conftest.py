"""A tiny shop with data, imported once; tests that change something have a home of their own."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

# 小艾 answers 阿青 (waits 475 s and 30 s) and 小白 (20 s); 小林 answers 小白 (125 s) and leaves 老陈 waiting.
MESSAGES = """shop,buyer,agent,sent_at,sender,text
晨光店,阿青,晨光店:小艾,2024-09-02 10:10:15,buyer,有货吗
晨光店,阿青,晨光店:小艾,2024-09-02 10:15:20,buyer,在吗
晨光店,阿青,晨光店:小艾,2024-09-02 10:18:10,agent,有的
晨光店,阿青,晨光店:小艾,2024-09-02 10:18:30,buyer,几天到
晨光店,阿青,晨光店:小艾,2024-09-02 10:19:00,agent,三天
晨光店,小白,晨光店:小艾,2024-09-02 11:00:00,buyer,尺码
晨光店,小白,晨光店:小艾,2024-09-02 11:00:20,agent,M
晨光店,小白,晨光店:小林,2024-09-02 15:00:00,buyer,再问一下
晨光店,小白,晨光店:小林,2024-09-02 15:02:05,agent,好的
晨光店,老陈,晨光店:小林,2024-09-03 09:00:00,buyer,在吗
晨光店,=老周,晨光店:小林,2024-09-03 09:10:00,buyer,@所有人
晨光店,老陈,晨光店:小艾,2024-09-29 09:00:00,buyer,有红色吗
晨光店,老陈,晨光店:小艾,2024-09-29 09:00:30,agent,有
"""
ORDERS = """shop,order_id,buyer,created_at,paid_at,amount_paid,item_count
晨光店,1790000000000000001,阿青,2024-09-02 10:30:00,2024-09-02 10:31:00,1234.50,2
晨光店,1790000000000000002,小白,2024-09-02 15:10:00,2024-09-03 01:00:00,88.00,1
晨光店,1790000000000000003,小**,2024-09-03 15:10:00,2024-09-03 16:00:00,20.00,1
晨光店,1790000000000000004,老陈,2024-09-29 09:10:00,2024-09-29 09:20:00,60.00,1
"""
AGENTS = """agent,name,group,role
晨光店:小艾,小艾,售前,pre_sale
晨光店:小林,小林,售后,after_sale
"""
FILES = {"messages.csv": MESSAGES, "orders.csv": ORDERS, "agents.csv": AGENTS}


def write_files(folder: Path) -> Path:
    """Write the shop's files and return their folder."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return the shop's files, not imported."""
    return write_files(tmp_path / "files")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the shop in it, to read only; reply_share has a target that 小林 misses."""
    folder = tmp_path_factory.mktemp("shop")
    home = folder / "home"
    assert xiaoer(home, "import", write_files(folder / "files"), "--shop", "晨光店").code == 0
    assert xiaoer(home, "settings", "set", "target.reply_share", "0.9").code == 0
    return home


@pytest.fixture
def own_shop(tmp_path: Path, files: Path) -> Path:
    """Return a home of the test's own with the shop in it."""
    home = tmp_path / "home"
    assert xiaoer(home, "import", files, "--shop", "晨光店").code == 0
    return home
