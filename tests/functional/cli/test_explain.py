"""xiaoer explain: for every metric of the report, rows that add up to the figure."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")


def test_the_rows_and_the_sum_are_on_the_screen(shop: Path) -> None:
    told = xiaoer(shop, "explain", "average_response_seconds", "--agent", "小艾", *SEPTEMBER)
    assert told.code == 0
    assert told.out.startswith("平均响应 2 分 19 秒 · 晨光店:小艾 · 2024-09-01 至 2024-09-30\n")
    assert "9 分 15 秒 ÷ 4 = 2 分 19 秒" in told.out
    assert "2024-09-02 10:10:15  2024-09-02 10:18:10  阿青" in told.out
    assert "Σ 分子：4 行，合计 9 分 15 秒。\nΣ 分母：4 行，合计 4。\n与报表一致：2 分 19 秒。" in told.out


def test_json_has_its_keys_and_instants_of_the_shop(shop: Path) -> None:
    told = xiaoer(shop, "explain", "conversion_share_final", "--agent", "晨光店:小林", *SEPTEMBER, "--json")
    data = told.data
    rows, settings, state = data.pop("rows"), data.pop("settings"), data.pop("state")
    assert state["few_cases"] == 2
    assert [one["day"] for one in state["immature"]] == [f"2024-09-{day}" for day in range(26, 31)]
    assert state["interval"] == pytest.approx({"low": 0.0945, "high": 0.9055}, abs=1e-4)
    assert {"put_together", "formula"} <= set(data)
    assert {name: value for name, value in data.items() if name not in ("put_together", "formula")} == {
        "metric": "conversion_share_final", "agent": "晨光店:小林", "from": "2024-09-01", "to": "2024-09-30",
        "policy": "order_first", "value": 0.5, "numerator": 1, "denominator": 2, "corrections": [],
    }  # fmt: skip
    assert settings["inquiry_order_days"] == "2"
    row = next(row for row in rows if row["part"] == "numerator")
    assert (row["buyer"], row["adds"], row["start_at"]) == ("小白", 1, "2024-09-02T15:00:00+08:00")
    assert (row["reason"], row["other_agent"]) == ("converted", None)
    assert (row["reference"], row["order_paid_at"]) == ("1790000000000000002", "2024-09-03T01:00:00+08:00")
    assert row["order_created_at"] == "2024-09-02T15:10:00+08:00"


def test_every_metric_of_the_report_adds_up(shop: Path) -> None:
    listed = xiaoer(shop, "metrics", "list", "--json").data["metrics"]
    names = [metric["name"] for metric in listed]
    report = xiaoer(shop, "report", *SEPTEMBER, "--metrics", ",".join(names), "--json").data
    figures = next(row for row in report["rows"] if row["agent"] == "晨光店:小艾")
    assert len(names) > 60
    some = [name for name in names if figures[name] is not None]
    assert len(some) > 30
    for name in some:
        told = xiaoer(shop, "explain", name, "--agent", "小艾", *SEPTEMBER, "--json")
        assert told.code == 0, name
        assert told.data["value"] == pytest.approx(figures[name], abs=1e-4), name
        assert _put_together(told.data) == pytest.approx(figures[name], rel=1e-9, abs=1e-4), name


def _put_together(data: dict[str, object]) -> object:
    """Return the figure from the rows alone, by how each part says that it is put together."""
    rows, hows = data["rows"], data["put_together"]
    assert isinstance(rows, list)
    assert isinstance(hows, dict)
    parts: dict[str, Fraction] = {}
    for part, how in hows.items():
        adds = [Fraction(str(row["adds"])) for row in rows if row["part"] == part and row["adds"] is not None]
        if how == "sum":
            parts[part] = sum(adds, Fraction(0))
        elif how in ("max", "min"):
            parts[part] = max(adds) if how == "max" else min(adds)
        else:
            return data["value"]  # a quantile: the rows are the values, ranked
    if "numerator" in parts:
        return float(parts["numerator"] / parts["denominator"])
    return float(sum(parts.values()))


def test_one_day_of_the_period(shop: Path) -> None:
    told = xiaoer(shop, "explain", "received_buyers", "--agent", "小艾", *SEPTEMBER, "--day", "2024-09-29", "--json")
    assert told.data["value"] == 1
    assert [row["buyer"] for row in told.data["rows"]] == ["老陈"]
    assert xiaoer(shop, "explain", "received_buyers", *SEPTEMBER, "--day", "2024-10-01").code == 1


def test_without_an_agent_it_is_the_whole_shop(shop: Path) -> None:
    told = xiaoer(shop, "explain", "shop_sales_yuan", *SEPTEMBER, "--json")
    assert told.data["agent"] is None
    assert told.data["value"] == 1402.5
    assert sum(row["adds"] for row in told.data["rows"]) == 1402.5


def test_all_rows_go_into_a_file(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    assert xiaoer(shop, "explain", "sales_yuan", "--agent", "小艾", *SEPTEMBER, "-o", file).code == 0
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "部分,日期,开始,结束,买家,客服,单号,原因,计入"
    assert "\t1790000000000000001" in lines[1], "a long number stays a text"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("conversion_shar_final", "--agent", "小艾"), "conversion_share_final"),
        (("reply_share", "--agent", "小爱"), "小艾"),
        (("reply_share", "--agent", "小艾", "--shop", "晨"), "晨光店"),
    ],
)
def test_names_that_do_not_exist(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(shop, "explain", *arguments, *SEPTEMBER)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


def test_a_long_list_is_cut_on_the_screen_only(own_shop: Path, tmp_path: Path) -> None:
    lines = [f"晨光店,客{n},晨光店:小艾,2024-09-05 10:{n:02}:00,buyer,在吗" for n in range(40)]
    more = tmp_path / "more.csv"
    more.write_text("shop,buyer,agent,sent_at,sender,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert xiaoer(own_shop, "import", more, "--shop", "晨光店").code == 0
    told = xiaoer(own_shop, "explain", "received_buyers", "--agent", "小艾", *SEPTEMBER)
    assert told.out.count("客服") < 40
    assert "这里列出 30 行，共 43 行" in told.out
    assert "43 行，合计 43" in told.out


def test_the_order_and_the_reason_are_on_the_screen(shop: Path) -> None:
    told = xiaoer(shop, "explain", "inquiry_buyers_all", "--agent", "小艾", *SEPTEMBER)
    lines = {buyer: next(line for line in told.out.splitlines() if buyer in line) for buyer in ("阿青", "小白")}
    assert "原因" in told.out
    assert "另一客服" in told.out
    assert "1790000000000000001" in lines["阿青"]
    assert "成交" in lines["阿青"]
    assert "归同事" in lines["小白"]
    assert "晨光店:小林" in lines["小白"]
