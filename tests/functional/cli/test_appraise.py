"""xiaoer appraise: a month run, shown, closed; later refunds and scores put right come in the next one."""

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.functional.cli.door import Told, xiaoer
from xiaoer.actions.render.evidence import FONTS

AGENTS = """agent,name,group,role,hired_on
晨光店:小艾,小艾,售前,pre_sale,2023-01-01
晨光店:小林,小林,售前,pre_sale,2024-09-16
晨光店:小周,小周,售后,after_sale,2022-01-01
"""
CLOSING = ("close", "--despite", "coverage,nobody", "--reason", "只有这几天营业", "--author", "林主管")
SCHEME = """\
label: {zh: 提成加打分, en: Commission and conduct}
why: {zh: 测试, en: A test}
note: {zh: 测试, en: A test}
source: {zh: 测试, en: A test}
versions:
  - from: "2024-01-01"
    for: {roles: [pre_sale]}
    parameters: {pool: {label: {zh: 奖金池, en: Pool}, value: 100}}
    inputs:
      net: {metric: net_sales_yuan}
      reply: {metric: reply_share}
      conduct: {table: conduct, label: {zh: 表现, en: Conduct}, at_least: 0, at_most: 100}
    steps:
      - {name: commission, kind: commission, label: {zh: 提成, en: Commission}, of: net, mode: marginal, tiers: [{over: 0, rate: 1%}, {over: 1000, rate: 2%}], round: {to: 0.01, how: half_up}}
      - {name: conduct_pay, kind: bands, label: {zh: 表现奖, en: For conduct}, of: conduct, bands: [{at_least: 90, gives: 100, grade: 金牌}, {at_least: 60, gives: 50}]}
      - {name: streak, kind: streak, label: {zh: 连续奖, en: Streak}, of: conduct_pay, grades: [金牌], gives: [{months: 2, gives: 30}]}
      - {name: share, kind: pool, label: {zh: 份额, en: Share}, of: pool, by: conduct}
    score: conduct
    grade: conduct_pay
    lines:
      - {name: base, kind: wage, label: {zh: 底薪, en: Basic pay}, of: "3000"}
      - {name: commission, kind: bonus, label: {zh: 提成, en: Commission}, of: commission}
      - {name: conduct, kind: bonus, label: {zh: 表现奖, en: Conduct}, of: conduct_pay + streak}
      - {name: pool, kind: bonus, label: {zh: 奖金池, en: Pool}, of: share}
examples:
  - {title: {zh: 甲, en: One}, people: "agent, net, reply, conduct\\n甲, 100, 1, 60", results: "agent, commission, conduct_pay, streak, share, base, conduct, pool, total\\n甲, 1, 50, 0, 100, 3000, 50, 100, 3151"}
  - {title: {zh: 乙, en: No data}, people: "agent, net, reply, conduct\\n乙, , , ", results: "agent, commission, conduct_pay, streak, share, base, conduct, pool, total\\n乙, , , , , , , ,"}
"""  # noqa: E501


def month_files(folder: Path, month: int) -> Path:
    """Write a month of two agents: each answers one buyer who pays, 小艾 1,200.50 and 小林 300."""
    folder.mkdir()
    messages = ["shop,buyer,agent,sent_at,sender,text"]
    orders = ["shop,order_id,buyer,created_at,paid_at,amount_paid,item_count"]
    for number, (agent, amount) in enumerate((("小艾", "1200.50"), ("小林", "300.00"))):
        buyer, day = f"客{month}{number}", f"2024-{month:02}-0{number + 2}"
        messages += [
            f"晨光店,{buyer},晨光店:{agent},{day} 10:00:00,buyer,有货吗",
            f"晨光店,{buyer},晨光店:{agent},{day} 10:00:20,agent,有的",
        ]
        orders.append(f"晨光店,{month}00{number},{buyer},{day} 10:05:00,{day} 10:06:00,{amount},1")
    (folder / "messages.csv").write_text("\n".join(messages) + "\n", encoding="utf-8")
    (folder / "orders.csv").write_text("\n".join(orders) + "\n", encoding="utf-8")
    return folder


def refund_file(folder: Path, order: str, amount: str) -> Path:
    """Write a refund of an order, asked for on 5 October."""
    head = "shop,refund_id,order_id,requested_at,finished_at,amount,kind,status"
    row = f"晨光店,r{order},{order},2024-10-05 10:00:00,2024-10-06 10:00:00,{amount},refund_only,success"
    file = folder / "refunds.csv"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def shop_of_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with August to December and a scheme of its own, set for the shop; to be copied."""
    folder = tmp_path_factory.mktemp("months")
    home = folder / "home"
    for month in (8, 9, 10, 11, 12):
        month_files(folder / f"m{month}", month)
    (folder / "m8" / "agents.csv").write_text(AGENTS, encoding="utf-8")
    refund_file(folder / "m8", "8001", "1.00")
    for month in (8, 9, 10, 11, 12):
        assert xiaoer(home, "import", folder / f"m{month}", "--shop", "晨光店").code == 0
    own = home / "catalog" / "schemes" / "own_pay.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(SCHEME, encoding="utf-8")
    assert xiaoer(home, "check", home / "catalog").code == 0
    assert xiaoer(home, "settings", "set", "appraisal_schemes", "own_pay").code == 0
    return home


@pytest.fixture
def home(shop_of_months: Path, tmp_path: Path) -> Path:
    """Return a copy of the home."""
    return Path(shutil.copytree(shop_of_months, tmp_path / "home"))


def scores(folder: Path, text: str, name: str = "scores.csv") -> Path:
    """Write a table of values."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def appraise(home: Path, command: str, month: str, *arguments: str | Path) -> Told:
    return xiaoer(home, "appraise", command, "--month", month, *arguments)


def amounts(told: Told) -> dict[str, dict[str, Any]]:
    """Return the lines of everybody by short name, adjustments by the line that they put right."""
    assert told.code == 0, told.err
    return {
        row["agent"].partition(":")[2]: {line["of"] or line["name"]: line["amount"] for line in row["lines"]}
        for row in told.data["results"]
    }


def closed_september(home: Path, folder: Path) -> dict[str, dict[str, Any]]:
    table = scores(folder, "客服,表现\n小艾,90\n小林,60\n")
    found = amounts(appraise(home, "run", "2024-09", "--values", table, "--json"))
    closing = appraise(home, CLOSING[0], "2024-09", *CLOSING[1:])
    assert closing.code == 0, closing.err
    assert "已关账" in closing.out
    return found


def test_a_month_comes_out_to_the_fen(home: Path, tmp_path: Path) -> None:
    table = scores(tmp_path, "客服,表现\n小艾,90\n小林,60\n")
    told = appraise(home, "run", "2024-09", "--values", table)
    assert told.out.startswith("晨光店 · 2024-09 考核 · 草稿")
    assert "没有方案的人：小周" in told.out
    found = amounts(appraise(home, "show", "2024-09", "--json"))
    assert found == {
        "小艾": {"base": "3000.00", "commission": "14.01", "conduct": "100.00", "pool": "60.00"},
        "小林": {"base": "3000.00", "commission": "3.00", "conduct": "50.00", "pool": "40.00"},
    }


def test_a_statement_writes_the_sums_out_and_names_the_rows(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    told = appraise(home, "show", "2024-09", "--agent", "小林")
    assert told.code == 0, told.err
    for said in (
        "表现 60，达到 60 以上（含）这一档。", "300 × 0.01", "奖金池 100 × 60 ÷ 全组 150",
        "xiaoer explain net_sales_yuan --agent 晨光店:小林 --from 2024-09-01 --to 2024-09-30",
        "¥3,000.00 + ¥3.00 + ¥50.00 + ¥40.00", "到 90 以上（含）还差 30", "届时合计 ¥3,153.00",
    ):  # fmt: skip
        assert said in told.out, said
    english = xiaoer(home, "appraise", "show", "--month", "2024-09", "--agent", "小林", lang="en")
    assert "Conduct 60 reaches 60 or more." in english.out
    assert appraise(home, "show", "2024-09", "--agent", "小琳").code == 1


def test_a_closed_month_is_the_same_after_imports_undo_and_settings(home: Path, tmp_path: Path) -> None:
    before = closed_september(home, tmp_path)
    folder = home / "appraisal"
    kept = {file.name: file.read_bytes() for file in folder.glob("*.json")}
    assert xiaoer(home, "import", refund_file(tmp_path, "9000", "700.50"), "--shop", "晨光店").code == 0
    numbers = [one["id"] for one in xiaoer(home, "imports", "list", "--json").data["imports"]]
    assert xiaoer(home, "imports", "undo", str(min(numbers))).code == 0
    assert xiaoer(home, "settings", "set", "credit_policy", "payment").code == 0
    assert xiaoer(home, "settings", "set", "minimum_wage_yuan", "2690").code == 0
    (home / "catalog" / "schemes" / "own_pay.yaml").write_text(SCHEME.replace("1%", "5%"), encoding="utf-8")
    verified = appraise(home, "show", "2024-09", "--verify", "--json")
    assert amounts(verified) == before
    assert {file.name: file.read_bytes() for file in folder.glob("*.json")} == kept
    for command in ("run", "close"):
        again = appraise(home, command, "2024-09")
        assert again.code == 1
        assert "已经关账" in again.err


def test_a_document_that_was_touched_is_told(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    (file,) = (home / "appraisal").glob("*.json")
    file.write_bytes(file.read_bytes().replace(b"3000.00", b"9000.00"))
    told = appraise(home, "show", "2024-09")
    assert told.code == 1
    assert "被改过" in told.err


def test_later_refunds_and_scores_put_right_come_in_the_next_open_month(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    october = scores(tmp_path, "客服,表现\n小艾,95\n小林,60\n")
    calm = amounts(appraise(home, "run", "2024-10", "--values", october, "--json"))
    assert calm["小艾"] == {"base": "3000.00", "commission": "14.01", "conduct": "130.00", "pool": "61.29"}
    assert xiaoer(home, "import", refund_file(tmp_path, "9000", "700.50"), "--shop", "晨光店").code == 0
    both = scores(tmp_path, "客服,表现,月份\n小艾,95,2024-10\n小林,60,2024-10\n小林,90,2024-09\n", "both.csv")
    found = amounts(appraise(home, "run", "2024-10", "--values", both, "--json"))
    # 小艾 sold 500.00 after the refund; 小林's score of 90 gives 100 and half of the pool, which 小艾 had 60.00 of.
    assert found["小艾"] == calm["小艾"] | {"2024-09/commission": "-9.01", "2024-09/pool": "-10.00"}
    assert found["小林"] == calm["小林"] | {"2024-09/conduct": "50.00", "2024-09/pool": "10.00"}
    told = appraise(home, "show", "2024-10", "--agent", "小艾")
    assert "2024-09 的提成" in told.out
    assert appraise(home, CLOSING[0], "2024-10", *CLOSING[1:]).code == 0
    november = scores(tmp_path, "客服,表现\n小艾,95\n小林,60\n")
    after = amounts(appraise(home, "run", "2024-11", "--values", november, "--json"))
    assert not [name for one in after.values() for name in one if "/" in name], "what was made good stays so"


def test_what_is_not_mature_can_not_be_closed(home: Path, tmp_path: Path) -> None:
    table = scores(tmp_path, "客服,表现\n小艾,90\n小林,60\n")
    assert appraise(home, "run", "2024-11", "--values", table).code == 0
    told = appraise(home, CLOSING[0], "2024-11", *CLOSING[1:])
    assert told.code == 1
    assert "“净销售额”在 2024-12-14 之前还会变" in told.err
    refused = appraise(home, "close", "2024-11", "--despite", "maturity", "--reason", "急")
    assert refused.code == 1
    assert "不能略过" in refused.err


def test_the_check_list_is_told_whole_and_needs_a_reason(home: Path) -> None:
    made = appraise(home, "run", "2024-09")
    assert made.code == 0
    assert "¥0.00" not in made.out, "of nobody computed there is no sum"
    told = appraise(home, "close", "2024-09")
    assert told.code == 1
    for said in ("28 天没有数据", "没有方案的人：小周", "算不出结果的人：小林, 小艾"):
        assert said in told.err
    assert "原因" in appraise(home, "close", "2024-09", "--despite", "coverage").err


def test_a_draft_that_data_overtook_is_run_again_first(home: Path, tmp_path: Path) -> None:
    table = scores(tmp_path, "客服,表现\n小艾,90\n小林,60\n")
    assert appraise(home, "run", "2024-09", "--values", table).code == 0
    assert xiaoer(home, "correct", "order", "9000", "--nobody", "--reason", "刷单").code == 0
    told = appraise(home, CLOSING[0], "2024-09", *CLOSING[1:])
    assert told.code == 1
    assert "重新 run" in told.err


def test_statements_and_payroll_are_written(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    book, page, sheet = tmp_path / "s.xlsx", tmp_path / "s.html", tmp_path / "p.csv"
    assert appraise(home, "statements", "2024-09", "-o", book).code == 0
    assert appraise(home, "statements", "2024-09", "-o", page).code == 0
    assert {"小艾", "小林"} <= set(openpyxl.load_workbook(book).sheetnames)
    assert "表现 60，达到 60 以上（含）这一档。" in page.read_text(encoding="utf-8")
    printed = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    if any(Path(font).exists() for font, _ in FONTS):
        assert [appraise(home, "statements", "2024-09", "-o", file).code for file in printed] == [0, 0]
        assert printed[0].read_bytes() == printed[1].read_bytes()
        assert printed[0].read_bytes().startswith(b"%PDF")
    assert appraise(home, "statements", "2024-09", "--payroll", "--columns", "agent，提成,total", "-o", sheet).code == 0
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert [cell.partition("（")[0] for cell in rows[0]] == ["客服", "提成", "合计"]
    assert [Decimal(row[2]) for row in rows[1:3]] == [Decimal("3093.00"), Decimal("3174.01")]
    assert appraise(home, "statements", "2024-09", "--columns", "奖状").code == 1


def test_fairness_lies_beside_kinds_of_people(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    told = appraise(home, "show", "2024-09", "--fairness", "--json")
    groups = {(row["kind"], row["value"]): (row["people"], row["middle"]) for row in told.data["groups"]["groups"]}
    assert groups[("tenure", "tenure_new")] == (1, "3093.00")
    assert groups[("tenure", "tenure_long")] == (1, "3174.01")
    assert groups[("role", "pre_sale")] == (2, "3133.505")
    assert groups[("shift", "shift_day")][0] == 2
    load = {(row["agent"], row["metric"]): (row["raw"], row["adjusted"]) for row in told.data["load"]["load"]}
    assert {raw for (_, metric), (raw, _) in load.items() if metric == "reply_share"} <= {"1"}
    assert "入职时间" in appraise(home, "show", "2024-09", "--fairness").out


def test_a_trial_says_who_gains(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    trial = tmp_path / "trial.yaml"
    trial.write_text(SCHEME.replace("rate: 1%", "rate: 2%"), encoding="utf-8")
    asked = ("whatif", "--from", "2024-09", "--to", "2024-09", "--scheme", "own_pay", "--instead", trial)
    found = xiaoer(home, "appraise", *asked, "--json").data
    assert {one["agent"].partition(":")[2]: (one["before"], one["after"]) for one in found["people"]} == {
        "小艾": ("3174.01", "3184.01"),
        "小林": ("3093.00", "3096.00"),
    }
    assert (found["gains"], found["paid_before"], found["paid_after"]) == (2, "6267.01", "6280.01")
    assert "2 个多拿" in xiaoer(home, "appraise", *asked).out
    assert xiaoer(home, "appraise", *asked[:-1], tmp_path / "none.yaml").code == 1
    assert xiaoer(home, "appraise", "whatif", "--from", "2024-10", "--to", "2024-09", *asked[5:]).code == 1


def test_a_table_of_values_tells_all_its_faults_at_once(home: Path, tmp_path: Path) -> None:
    table = scores(tmp_path, "客服,表现,身高\n小爱,90,1\n小艾,101,2\n小林,很好,3\n")
    told = appraise(home, "run", "2024-09", "--values", table)
    assert told.code == 1
    for said in (
        "第 2 行 “agent”列",
        "第 3 行 “表现”列：“表现”超出范围",
        "第 4 行 “表现”列：这一格不是数",
        "不用“身高”",
    ):
        assert said in told.err, said
    empty = scores(tmp_path, "hello", "empty.txt")
    assert appraise(home, "run", "2024-09", "--values", empty).code == 1
    assert appraise(home, "run", "2024-09", "--values", tmp_path / "none.csv").code == 1


def test_what_can_not_be_asked_is_said_plainly(home: Path) -> None:
    for arguments, said in (
        (("run", "--month", "2024-13"), "不是月份"),
        (("run", "--month", "2024-09", "--scheme", "own_pey"), "own_pay"),
        (("show", "--month", "2024-07"), "还没有考核过"),
        (("close", "--month", "2024-07"), "还没有考核过"),
        (("run", "--month", "2019-01"), "还没有生效的版本"),
    ):
        told = xiaoer(home, "appraise", *arguments)
        assert told.code == 1, arguments
        assert said in told.err, told.err
    assert xiaoer(home, "settings", "set", "appraisal_schemes", "").code == 0
    assert "six_indicators" in appraise(home, "run", "2024-09").err


def test_a_scheme_against_the_law_is_refused_unless_the_guard_is_off(home: Path) -> None:
    own = home / "catalog" / "schemes" / "own_pay.yaml"
    own.write_text(SCHEME.replace("name: pool, kind: bonus", "name: pool, kind: fine"), encoding="utf-8")
    told = appraise(home, "run", "2024-09")
    assert told.code == 1
    assert "没有罚款的权力" in told.err
    checked = xiaoer(home, "check", home / "catalog", lang="en")
    assert checked.code == 1
    assert "no power to fine" in checked.err
    assert xiaoer(home, "settings", "set", "wage_law", "none").code == 0
    assert appraise(home, "run", "2024-09").code == 0


def test_the_log_survives_a_line_cut_short(home: Path, tmp_path: Path) -> None:
    closed_september(home, tmp_path)
    log = home / "appraisal" / "log.jsonl"
    with log.open("ab") as stream:
        stream.write(b'{"at": "2024')
    assert appraise(home, "show", "2024-09").code == 0
    assert appraise(home, "run", "2024-10").code == 0
    assert appraise(home, "show", "2024-10").code == 0
    whole = [line for line in log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    assert json.loads(whole[-1])["month"] == "2024-10"
