"""Two people for a month, accounts of one person joined, and what decisions on appeals add to a line of pay."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.functional.cli.test_appraise import (
    CLOSING,
    SCHEME,
    appraise,
    closed_september,
    home,
    scores,
    shop_of_months,
)
from xiaoer.actions.appraise_close import CloseAsk, close, verify
from xiaoer.actions.appraise_given import Given, Manual
from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.base.errors import ReportableError

__all__ = ["home", "shop_of_months"]
AI, LIN = "晨光店:小艾", "晨光店:小林"
DESPITE = ("coverage", "nobody")


def lines_of(home: Path, month: str, **more: object) -> dict[str, dict[str, Decimal]]:
    """Return a fresh draft's lines by short name, adjustments by the line that they put right."""
    ask = AppraiseAsk(month, **more)  # type: ignore[arg-type]  # fields of the question
    return {
        one.agent.partition(":")[2]: {line.of or line.name: line.amount for line in one.lines}
        for one in run(home, ask, "zh").results
    }


def test_a_scheme_of_two_people_is_closed_by_another_after_a_review(home: Path, tmp_path: Path) -> None:
    own = home / "catalog" / "schemes" / "own_pay.yaml"
    own.write_text(
        SCHEME.replace("    score: conduct\n", '    score: conduct\n    two_people: "true"\n'), encoding="utf-8"
    )
    table = scores(tmp_path, "客服,表现\n小艾,90\n小林,60\n")
    assert appraise(home, "run", "2024-09", "--values", table, "--author", "林主管").code == 0
    other = (*CLOSING[:-1], "周店主")
    early = appraise(home, other[0], "2024-09", *other[1:])
    assert early.code == 1
    assert "还没有提交复核" in early.err
    assert "待复核" in appraise(home, "review", "2024-09", "--author", "林主管").out
    same = appraise(home, CLOSING[0], "2024-09", *CLOSING[1:])
    assert same.code == 1
    assert "不能自己关账" in same.err
    aside = appraise(home, "close", "2024-09", "--despite", "two_people", "--reason", "急")
    assert "不能略过" in aside.err
    assert "要写原因" in appraise(home, "review", "2024-09", "--back", "--author", "周店主").err
    assert "草稿" in appraise(home, "review", "2024-09", "--back", "--reason", "小林打分漏了", "--author", "周店主").out
    assert "没有在等复核" in appraise(home, "review", "2024-09", "--back", "--reason", "x").err
    assert appraise(home, "review", "2024-09", "--author", "林主管").code == 0
    assert "已关账" in appraise(home, other[0], "2024-09", *other[1:]).out


def test_accounts_of_one_person_are_one_sum_and_one_statement(home: Path, tmp_path: Path) -> None:
    table = scores(tmp_path, "客服,表现\n小林,90\n")
    joined = {AI: (AI, LIN)}
    found = lines_of(home, "2024-09", values=(table,), joined=joined)
    # 1,200.50 and 300 are one turnover: 1 % of the first 1,000 and 2 % of 500.50; the pool is one person's.
    assert found == {
        "小艾": {"base": Decimal("3000.00"), "commission": Decimal("20.01"), "conduct": Decimal("100.00"),
                 "pool": Decimal("100.00")},
    }  # fmt: skip
    close(home, CloseAsk("2024-09", despite=DESPITE, reason="x"), "zh")
    assert verify(home, "2024-09", None, "zh").kept.joined == joined
    october = lines_of(home, "2024-10", values=(table,))
    assert not [name for one in october.values() for name in one if "/" in name], "nothing changed in September"


def test_what_a_decision_adds_to_a_closed_line_is_paid_once(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    upheld = {"2024-09": Given(manual=(Manual("line/commission", LIN, Decimal("6.50"), "申诉 1：算错", "周店主"),))}
    october = scores(tmp_path, "客服,表现\n小艾,95\n小林,60\n")
    for _ in range(2):
        found = lines_of(home, "2024-10", values=(october,), given=upheld)
        assert found["小林"]["2024-09/commission"] == Decimal("6.50")
    close(home, CloseAsk("2024-10", despite=DESPITE, reason="x"), "zh")
    later = lines_of(home, "2024-11", values=(october,), given=upheld)
    assert not [name for one in later.values() for name in one if "/" in name]


def test_what_a_decision_adds_before_closing_stands_in_that_month_and_never_again(home: Path, tmp_path: Path) -> None:
    upheld = {"2024-09": Given(manual=(Manual("line/conduct", LIN, Decimal("20"), "申诉 2：说清了", "周店主"),))}
    table = scores(tmp_path, "客服,表现\n小艾,90\n小林,60\n")
    found = lines_of(home, "2024-09", values=(table,), given=upheld)
    assert found["小林"]["2024-09/conduct"] == Decimal("20.00")
    close(home, CloseAsk("2024-09", despite=DESPITE, reason="x"), "zh")
    later = lines_of(home, "2024-10", values=(table,), given=upheld)
    assert not [name for one in later.values() for name in one if "/" in name]


def test_values_of_a_month_that_is_open_are_refused(home: Path) -> None:
    with pytest.raises(ReportableError, match="values_of_open_month"):
        run(home, AppraiseAsk("2024-10", given={"2024-09": Given()}), "zh")
