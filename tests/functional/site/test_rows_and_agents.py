"""Rows of groups, weeks, months and hours as doors; pages of the table; ranking; an agent's page for who leads."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_explanations import behind, doors
from tests.functional.site.test_figures import MONTH, cells
from xiaoer.site.performance import table

AGENT = f"agent/{quote('晨光店:小艾', safe=':')}/"


@pytest.mark.parametrize(
    "by", [("group",), ("role",), ("week",), ("month",), ("hour",), ("group", "day"), ("agent", "week")]
)
def test_every_figure_leads_to_that_very_figure(site: Path, by: tuple[str, ...]) -> None:
    client = browser(person("lin", "lead"))
    query = "month=2024-09&m=received_buyers&m=answered_rounds" + "".join(f"&by={one}" for one in by)
    rows = cells(client.get(f"/s/{shop().pk}/team/?{query}").content.decode())
    found = doors(client, query)
    assert len(found) >= (3 if by != ("month",) else 2)
    for door in found:
        row, _, column = door.partition(".")
        cell = rows[-1 if row == "total" else int(row)][int(column)]
        shown = behind(client, f"{query}&of={door}")
        title = re.search(r"<h1>(.*?)</h1>", shown)
        assert title is not None, shown[:400]
        assert f" {cell} ·" in unescape(title.group(1))


def test_the_rows_behind_a_group_are_those_of_its_people(site: Path) -> None:
    told = {
        agent: xiaoer(site, "explain", "received_buyers", "--agent", agent, *MONTH, "--json").data["rows"]
        for agent in ("小艾", "小林")
    }
    client = browser(person("lin", "lead"))
    for group, agent in (("售前", "小艾"), ("售后", "小林")):
        shown = behind(client, f"month=2024-09&figure=received_buyers&in_group={group}")
        assert len(cells(shown)) == len(told[agent])
        assert f"组 {group}" in shown


def test_who_leads_a_group_asks_for_its_own_row_only(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    query = f"/s/{shop().pk}/team/explain/?month=2024-09&figure=received_buyers"
    assert client.get(f"{query}&in_group=售前").status_code == 200
    for more in ("&in_group=售后", "&in_role=pre_sale", "&in_week=2024-09-02", "&in_group=售前&agent=晨光店:小林"):
        assert client.get(query + more).status_code == 403, more


@pytest.mark.parametrize("more", ["in_hour=24", "in_hour=x", "in_hour=²", "in_week=soon", "in_month=2024-9"])
def test_a_row_that_is_none_is_said_plainly(site: Path, more: str) -> None:
    address = f"/s/{shop().pk}/team/explain/?month=2024-09&figure=received_buyers&{more}"
    assert browser(person("lin", "lead")).get(address).status_code == 422


def test_a_long_table_has_pages_whose_doors_are_the_whole_table_s(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(person("lin", "lead"))
    query = "month=2024-09&m=received_buyers&by=agent&by=day"
    every = cells(client.get(f"/s/{shop().pk}/team/?{query}").content.decode())[:-1]
    monkeypatch.setattr(table, "CELLS", 1)
    monkeypatch.setattr(table, "FEWEST_ROWS", 2)
    pages = [client.get(f"/s/{shop().pk}/team/?{query}&page={number}").content.decode() for number in (1, 2, 3)]
    found = [row for page in pages for row in cells(page)[:-1]]
    assert found[: len(every)] == every
    assert "第 2 页" in pages[1]
    door = doors(client, f"{query}&page=2")[0]
    assert f" {every[2][2]} · 晨光店" in behind(client, f"{query}&of={door}").replace("小艾（", "")


def test_the_third_way_to_sort_is_the_engine_s_ranking(site: Path) -> None:
    client = browser(person("lin", "lead"))
    shown = client.get(f"/s/{shop().pk}/team/?month=2024-09&sort=best.reply_share").content.decode()
    told = xiaoer(site, "report", *MONTH, "--sort", "reply_share", "--json").data
    assert [row[0] for row in cells(shown)[:-1]] == [row["agent"].partition(":")[2] for row in told["rows"]]
    assert 'aria-sort="other"' in shown
    assert client.get(f"/s/{shop().pk}/team/?month=2024-09&sort=best.no_such").status_code == 422


def test_the_agent_s_page_has_the_figures_of_the_table_and_leads_behind_them(site: Path) -> None:
    client = browser(person("lin", "lead"))
    team = client.get(f"/s/{shop().pk}/team/?month=2024-09").content.decode()
    assert f'href="/s/{shop().pk}/{AGENT}?month=2024-09"' in team
    answer = client.get(f"/s/{shop().pk}/{AGENT}?month=2024-09")
    row = next(row for row in cells(team) if row[0] == "小艾")
    sheet = answer.context["sheet"]
    assert [line.own.text for line in sheet.lines] == row[1:]
    assert all("一位同事" not in line.own.text for line in sheet.lines)
    panel = client.get(sheet.lines[0].address, headers={"HX-Request": "true"})
    assert f" {row[1]} · 小艾（晨光店:小艾）" in unescape(panel.content.decode()) or row[1] in panel.content.decode()
    days = client.get(f"/s/{shop().pk}/{AGENT}days/?month=2024-09")
    assert {chart.name for chart in days.context["charts"]} >= {"trend-received_buyers", "trend-sales_yuan"}


@pytest.mark.parametrize("page", ["", "days/"])
def test_agents_who_are_not_the_reader_s_are_not_there(site: Path, page: str) -> None:
    lead = browser(person("lin", "lead"))
    assert lead.get(f"/s/{shop().pk}/agent/nobody/{page}").status_code == 404
    assert lead.get(f"/s/{shop().pk}/agent/{quote('远山店:小远')}/{page}").status_code == 404
    gina = browser(person("gina", "lead", group="售前"))
    assert gina.get(f"/s/{shop().pk}/{AGENT}{page}").status_code == 200
    assert gina.get(f"/s/{shop().pk}/agent/{quote('晨光店:小林')}/{page}").status_code == 404
    assert browser(person("ag", "agent")).get(f"/s/{shop().pk}/{AGENT}{page}").status_code == 403
