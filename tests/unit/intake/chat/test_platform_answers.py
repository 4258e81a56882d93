"""The platform's presence log, ratings and trades."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.chat.imported import XIAOHE, Imported, imported, stored

ON, OFF, AWAY, BACK = 1, -1, 2, 3
PC, MOBILE, HANG = 8, 4, 5


def _spans(folder: Path, *changes: tuple[int, int, str]) -> list[tuple[str, int, int | None]]:
    records = [
        {"account_id": 9, "status": status, "type": type_, "change_time": f"2024-09-01 {at}:00"}
        for status, type_, at in changes
    ]
    found = imported(folder, json.dumps({"record_list": records}), name="log.json")
    return [
        (row["status"], row["start_at"].hour + 8, row["end_at"].hour + 8 if row["end_at"] else None)
        for row in found.rows
    ]


@pytest.mark.parametrize(
    ("changes", "spans"),
    [
        ([(ON, PC, "09:00"), (OFF, PC, "12:00")], [("online", 9, 12), ("offline", 12, None)]),
        ([(OFF, PC, "12:00"), (ON, PC, "09:00")], [("online", 9, 12), ("offline", 12, None)]),  # in any order
        (
            [(ON, PC, "09:00"), (AWAY, HANG, "10:00"), (BACK, HANG, "11:00")],
            [("online", 9, 10), ("away", 10, 11), ("online", 11, None)],
        ),
        (
            [(ON, PC, "09:00"), (AWAY, HANG, "10:00"), (OFF, PC, "11:00"), (ON, PC, "12:00")],
            [("online", 9, 10), ("away", 10, 11), ("offline", 11, 12), ("online", 12, None)],
        ),
        ([(ON, PC, "09:00"), (ON, PC, "10:00")], [("online", 9, None)]),
        (
            [(ON, MOBILE, "09:00"), (ON, PC, "10:00"), (OFF, MOBILE, "11:00"), (OFF, PC, "12:00")],
            [("online", 9, 12), ("offline", 12, None)],
        ),
        ([(ON, PC, "09:00"), (OFF, PC, "09:00")], [("offline", 9, None)]),  # two changes at once: the later one holds
    ],
)
def test_changes_become_spans(
    tmp_path: Path, changes: list[tuple[int, int, str]], spans: list[tuple[str, int, int | None]]
) -> None:
    assert _spans(tmp_path, *changes) == spans


def _trade(folder: Path, **fields: object) -> Imported:
    trade: dict[str, Any] = {"tid": 1, "created": "2024-09-01 10:00:00", "buyer_nick": "月光", "payment": "10.00"}
    return imported(folder, json.dumps({"trades": [{**trade, "orders": {"order": []}, **fields}]}), name="t.json")


@pytest.mark.parametrize(
    ("fields", "paid"),
    [
        ({}, "0"),
        ({"pay_time": "2024-09-01 10:01:00"}, "10"),
        (
            {
                "pay_time": "2024-09-01 10:01:00",
                "step_trade_status": "FRONT_PAID_FINAL_NOPAID",
                "step_paid_fee": "3.00",
            },
            "3",
        ),
        (
            {"pay_time": "2024-09-01 10:01:00", "step_trade_status": "FRONT_PAID_FINAL_PAID", "step_paid_fee": "10.00"},
            "10",
        ),
    ],
)
def test_what_a_trade_paid(tmp_path: Path, fields: dict[str, str], paid: str) -> None:
    assert _trade(tmp_path, **fields).column("amount_paid") == [Decimal(paid)]


@pytest.mark.parametrize("status", ["TRADE_CLOSED", "TRADE_CLOSED_BY_TAOBAO"])
def test_a_closed_trade_was_closed_not_finished(tmp_path: Path, status: str) -> None:
    found = _trade(tmp_path, status=status, end_time="2024-09-02 10:00:00")
    assert found.column("closed_at") == [stored(2024, 9, 2, 2)] and found.column("finished_at") == [None]


def test_items_add_up_over_the_lines_of_a_trade(tmp_path: Path) -> None:
    lines = [{"oid": 2, "num": 2}, {"oid": 3, "num": 3}]
    orders = [row for row in _trade(tmp_path, num=0, orders={"order": lines}).rows if "item_count" in row]
    assert [row["item_count"] for row in orders] == [5]


def test_ids_of_trades_are_not_rounded(tmp_path: Path) -> None:
    trade = '{"tid": 2024090112345678901, "created": "2024-09-01 10:00:00", "buyer_nick": "a", "payment": "1"}'
    content = f'{{"trades": [{trade}]}}'
    assert imported(tmp_path, content, name="t.json").column("order_id") == ["2024090112345678901"]


@pytest.mark.parametrize(("code", "score"), [(0, 5), (1, 4), (2, 3), (3, 2), (4, 1)])
def test_the_platforms_best_is_nought_and_becomes_five(tmp_path: Path, code: int, score: int) -> None:
    rating = {
        "eval_code": code,
        "eval_sender": f"cntaobao{XIAOHE}",
        "eval_recer": "月光",
        "send_time": "2024-09-01 10:00:00",
    }
    found = imported(tmp_path, json.dumps([{**rating, "source": 1}]), name="r.json")
    assert (found.column("score"), found.column("agent"), found.column("source")) == ([score], [XIAOHE], ["buyer"])
