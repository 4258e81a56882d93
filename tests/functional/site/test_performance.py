"""The performance table: days, columns, rows, order, names and files as its address says; saved views."""

import io
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH, cells
from xiaoer.base.days import Period
from xiaoer.site.models import AuditEntry
from xiaoer.site.performance.days import named_days


def team(client: Client, query: str = "", *, file: str = "/") -> str:
    """Return the page of the table."""
    return client.get(f"/s/{shop().pk}/team{file}?{query}").content.decode()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", date(2024, 3, 1), date(2024, 3, 1)),
        ("yesterday", date(2024, 2, 29), date(2024, 2, 29)),
        ("this_month", date(2024, 3, 1), date(2024, 3, 31)),
        ("last_month", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_named_days(name: str, first: date, last: date) -> None:
    assert named_days(name, date(2024, 3, 1)) == Period(first, last)


def test_the_address_chooses_columns_rows_and_days(site: Path) -> None:
    query = "from=2024-09-01&to=2024-09-30&m=sales_yuan&m=received_buyers&by=day"
    shown = cells(team(browser(person("lin", "lead")), query))
    told = xiaoer(site, "report", *MONTH, "--by", "day", "--metrics", "sales_yuan,received_buyers", "--json").data
    assert [row[0] for row in shown[:-1]] == [row["day"] for row in told["rows"]]
    assert {len(row) for row in shown} == {3}


def test_a_comparison_stands_beside_each_figure(site: Path) -> None:
    shown = team(browser(person("lin", "lead")), "month=2024-09&m=sales_yuan&compare=team")
    assert "较团队" in shown
    assert "较前一天" not in shown.split("<table")[1]


@pytest.mark.parametrize("sort", ["sales_yuan", "-sales_yuan"])
def test_sorted_by_a_column_what_has_no_figure_stays_last(site: Path, sort: str) -> None:
    rows = cells(team(browser(person("lin", "lead")), f"month=2024-09&m=sales_yuan&sort={sort}"))[:-1]
    told = xiaoer(site, "report", *MONTH, "--metrics", "sales_yuan", "--json").data["rows"]
    known = [row["sales_yuan"] for row in told if row["sales_yuan"] is not None]
    shown = [float(row[1].strip("¥").replace(",", "")) for row in rows if row[1] != "–"]
    assert shown == sorted(known, reverse=sort.startswith("-"))
    assert all(row[1] == "–" for row in rows[len(known) :])
    assert len(set(known)) > 1, "nothing to sort"


def test_rows_of_a_name_and_the_totals_of_everybody(site: Path) -> None:
    client = browser(person("lin", "lead"))
    every, one = cells(team(client, "month=2024-09")), cells(team(client, "month=2024-09&q=小艾"))
    assert [row[0] for row in one[:-1]] == ["小艾"]
    assert one[-1] == every[-1]
    assert "合计仍是所有人的" in team(client, "month=2024-09&q=小艾")
    assert "没有叫这个名字的人" in team(client, "month=2024-09&q=nobody")


def test_files_hold_the_rows_and_the_order_of_the_page(site: Path) -> None:
    client = browser(person("lin", "lead"))
    query = "month=2024-09&m=sales_yuan&sort=-sales_yuan&q=小"
    names = [row[0] for row in cells(team(client, query))]
    csv = team(client, query, file=".csv").lstrip("\ufeff").splitlines()
    assert [line.split(",")[0] for line in csv[1 : len(names)]] == names[:-1]
    answer = client.get(f"/s/{shop().pk}/team.xlsx?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [sheet.cell(number + 2, 1).value for number in range(len(names) - 1)] == names[:-1]
    assert AuditEntry.objects.filter(act="exported").count() == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2024-09-30&to=2024-09-01", "之后"),
        ("from=2000-01-01&to=2024-09-01", "一次最多看 400 天"),
        ("from=gestern", "gestern"),
        ("m=no_such_metric", "no_such_metric"),
        ("view=no_such_view", "no_such_view"),
        ("by=planet", "planet"),
        ("policy=mine", "mine"),
        ("compare=moon", "moon"),
    ],
)
def test_what_can_not_be_shown_is_said_plainly(site: Path, query: str, said: str) -> None:
    for file in ("/", ".xlsx", ".csv", "/explain/"):
        answer = browser(person(f"lin{file}", "lead")).get(f"/s/{shop().pk}/team{file}?{query}")
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_view_is_saved_shown_and_removed(site: Path) -> None:
    client = browser(person("lin", "lead"))
    asked = {"name": "早会", "m": ["sales_yuan", "received_buyers"], "by": ["agent"]}
    made = client.post(f"/s/{shop().pk}/team/views/?month=2024-09&q=x", asked)
    try:
        assert parse_qs(urlsplit(made["Location"]).query)["view"] == ["早会"]
        assert {len(row) for row in cells(client.get(made["Location"].replace("&q=x", "")).content.decode())} == {3}
        assert client.post(f"/s/{shop().pk}/team/views/", asked).status_code == 422, "it would take another's place"
    finally:
        gone = client.post(f"/s/{shop().pk}/team/views/remove/", {"name": "早会"})
    assert gone.status_code == 302
    assert "早会" not in team(client)
    assert {"view_saved", "view_removed"} <= set(AuditEntry.objects.values_list("act", flat=True))


def test_the_page_is_small(site: Path) -> None:
    assert len(team(browser(person("lin", "lead")), "month=2024-09").encode()) < 60_000
