"""Pages of figures: the same as the command line's; empty; a month that is none; another month."""

import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import amy, browser, person, shop
from xiaoer.site.models import Shop

MONTH = ("--from", "2024-09-01", "--to", "2024-09-30", "--shop", "晨光店")


def cells(html: str) -> list[list[str]]:
    """Return the texts of the rows of a page's table, marks left out."""
    table = re.search(r"<tbody>(.*)</table>", html, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr>(.*?)</tr>", table.group(1), re.DOTALL)
    plain = [re.sub(r'<span class="state".*?</span>', "", row) for row in rows]
    return [[unescape(re.sub(r"<.*?>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in plain]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_team_s_table_is_the_report_of_the_command_line(site: Path, lang: str) -> None:
    lead = person("lin", "lead")
    lead.language = lang
    lead.save()
    shown = browser(lead).get(f"/s/{shop().pk}/team/?month=2024-09").content.decode()
    told = xiaoer(site, "report", *MONTH, "--format", "csv", lang=lang)
    exact = xiaoer(site, "report", *MONTH, "--json", lang=lang).data
    assert len(cells(shown)) == len(exact["rows"]) + 1
    names = [row[0] for row in cells(shown)]
    assert names[:-1] == [line.split(",")[0] for line in told.out.lstrip("\ufeff").splitlines()[1 : len(names)]]
    table = xiaoer(site, "report", *MONTH, lang=lang).out
    for row in cells(shown):
        for cell in row:
            assert cell in table, f"{cell} is not what the command line says"
    sales = {row["agent"]: row["sales_yuan"] for row in exact["rows"]}
    assert sales["晨光店:小艾"] == 1294.5
    assert "¥1,294.50" in shown


def test_the_spreadsheet_holds_the_same(site: Path) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/team.xlsx?month=2024-09")
    assert answer["Content-Disposition"] == 'attachment; filename="xiaoer-2024-09.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert any(cell.value == 1294.5 for row in sheet.iter_rows() for cell in row)


def test_another_shop_s_figures_are_not_mixed_in(site: Path) -> None:
    shown = browser(person("own", "owner")).get(f"/s/{shop('远山店').pk}/team/").content.decode()
    assert "小远" in shown
    assert "小艾" not in shown
    assert "1,294" not in shown


@pytest.mark.parametrize("month", ["2024-13", "September", "2024-9", "2024-09-01", "'; DROP TABLE"])
def test_a_month_that_is_none_is_said_plainly(site: Path, month: str) -> None:
    for page in ("team/", "team.xlsx", "filtered/"):
        answer = browser(person(f"lin{page}", "lead")).get(f"/s/{shop().pk}/{page}", {"month": month})
        assert answer.status_code == 422
        assert "不是月份" in answer.content.decode()


def test_a_month_without_data_is_empty_not_broken(site: Path) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/team/?month=2020-01")
    assert answer.status_code == 200
    assert "这些天没有" in answer.content.decode()


def test_a_shop_without_data_says_what_to_do(site: Path) -> None:
    new = Shop.objects.create(name="新开的店")
    for page in ("team", "filtered"):
        shown = browser(person(f"o{page}", "owner")).get(f"/s/{new.pk}/{page}/").content.decode()
        assert "还没有数据" in shown
        assert "xiaoer import" in shown


def test_an_agent_sees_own_figures_of_own_days_and_nobody_s_name(site: Path) -> None:
    answer = browser(amy()).get(f"/s/{shop().pk}/own/?month=2024-09")
    shown = answer.content.decode()
    part, _ = answer.context["parts"][0]
    assert [one.account for one, _ in answer.context["parts"]] == ["晨光店:小艾"]
    assert "2024-09-01 至 2024-09-15" in shown
    assert "小林" not in shown
    sales = next(line for line in part.lines if line.name == "sales_yuan")
    assert sales.own.text == "¥1,234.50"  # the order of the 29th came after her days
    assert sales.spread is None  # one colleague would be told by name
    assert "<svg" not in shown


def test_an_agent_without_an_account_is_told_whom_to_ask(site: Path) -> None:
    shown = browser(person("new", "agent")).get(f"/s/{shop().pk}/own/").content.decode()
    assert "还没有账号绑定到你" in shown
    amy_page = browser(amy()).get(f"/s/{shop().pk}/own/?month=2024-08").content.decode()
    assert "这个月没有你的账号" in amy_page


def test_customers_are_masked_until_a_reason_is_given(site: Path) -> None:
    client = browser(person("lin", "lead"))
    masked = client.get(f"/s/{shop().pk}/filtered/").content.decode()
    assert "=***" in masked
    assert "老周" not in masked
    refused = client.post(f"/s/{shop().pk}/filtered/whole/", {"reason": "curious"})
    assert refused.status_code == 422
    assert "老周" not in refused.content.decode()
    assert "=老周" in client.post(f"/s/{shop().pk}/filtered/whole/", {"reason": "check"}).content.decode()
    assert "老周" not in client.get(f"/s/{shop().pk}/filtered/").content.decode()
    assert "看顾客的完整名字" not in browser(person("ana", "analyst")).get(f"/s/{shop().pk}/filtered/").content.decode()
