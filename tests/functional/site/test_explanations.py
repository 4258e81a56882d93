"""What stands behind a figure: the same as the command line's, customers masked; who may ask for whose."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH, cells

PANEL = {"HX-Request": "true"}


def doors(client: Client, query: str) -> list[str]:
    """Return the names of the doors of the table."""
    shown = client.get(f"/s/{shop().pk}/team/?{query}").content.decode()
    return re.findall(r'<button name="of" value="([^"]+)"', shown)


def behind(client: Client, query: str) -> str:
    """Return the panel that an address of a figure opens."""
    return client.get(f"/s/{shop().pk}/team/explain/?{query}", headers=PANEL, follow=True).content.decode()


@pytest.mark.parametrize("by", ["agent", "day", "group"])
def test_every_figure_of_a_row_or_of_the_totals_is_a_door_to_that_very_figure(site: Path, by: str) -> None:
    client = browser(person("lin", "lead"))
    query = f"month=2024-09&m=sales_yuan&m=received_buyers&by={by}"
    rows = cells(client.get(f"/s/{shop().pk}/team/?{query}").content.decode())
    found = doors(client, query)
    assert len(found) == 2 * len(rows)
    for door in found:
        row, _, column = door.partition(".")
        cell = rows[-1 if row == "total" else int(row)][int(column)]
        title = re.search(r"<h1>(.*?)</h1>", behind(client, f"{query}&of={door}"))
        assert title is not None
        assert f" {cell} ·" in unescape(title.group(1))


def test_the_panel_says_what_the_command_line_says_with_customers_masked(site: Path) -> None:
    client = browser(person("lin", "lead"))
    told = xiaoer(site, "explain", "sales_yuan", "--agent", "小艾", *MONTH).out
    data = xiaoer(site, "explain", "sales_yuan", "--agent", "小艾", *MONTH, "--json").data
    shown = behind(client, "month=2024-09&figure=sales_yuan&agent=小艾")
    assert len(cells(shown)) == len(data["rows"]) > 0
    for row, plain in zip(cells(shown), data["rows"], strict=True):
        assert plain["buyer"] not in shown
        assert f"{plain['buyer'][0]}***" in row
        assert plain["reference"] in row
    assert "".join(data["formula"]["zh"].split()) in "".join(told.split())
    assert data["formula"]["zh"] in unescape(shown)
    assert "<html" not in shown
    whole = client.get(f"/s/{shop().pk}/team/explain/?month=2024-09&figure=sales_yuan").content.decode()
    assert "<html" in whole
    assert "回到表格" in whole


def test_a_client_sees_sums_and_no_rows(site: Path) -> None:
    shown = behind(browser(person("cli", "client")), "month=2024-09&figure=sales_yuan")
    assert "你的角色只看合计" in shown
    assert "<table" not in shown
    assert "***" not in shown


def test_who_leads_a_group_asks_for_its_people_only(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    assert doors(client, "month=2024-09")
    query = f"/s/{shop().pk}/team/explain/?month=2024-09&figure=sales_yuan"
    assert client.get(query).status_code == 403
    assert client.get(f"{query}&agent=晨光店:小林").status_code == 403
    assert client.get(f"{query}&agent=晨光店:小艾").status_code == 200


@pytest.mark.parametrize("door", ["", "9999.1", "0.0", "0.x", "total.9999", "-1.1", "x", "0.1.1", "²."])
def test_a_door_that_is_none_leads_back_to_the_table(site: Path, door: str) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/team/explain/", {"of": door, "month": "2024-09"})
    assert answer.status_code == 302
    assert "/team/?" in answer["Location"]


@pytest.mark.parametrize(
    "query", ["figure=no_such", "figure=sales_yuan&agent=nobody", "figure=sales_yuan&day=2020-01-01"]
)
def test_what_does_not_exist_is_said_plainly(site: Path, query: str) -> None:
    address = f"/s/{shop().pk}/team/explain/?month=2024-09&{query}"
    assert browser(person("lin", "lead")).get(address).status_code == 422
