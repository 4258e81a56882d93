"""Silent orders: the report's figures by day, beside agents' orders, said in words."""

from html import unescape
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH
from tests.functional.site.test_funnel import SEPTEMBER, beside, cells, tables
from xiaoer.site.analysis.silent import PAIRS, TABLE, lead_of, title_of


def page(query: str = SEPTEMBER) -> str:
    """Return the page as a team lead sees it."""
    client = browser(person("lin", "lead"))
    return unescape(client.get(f"/s/{shop().pk}/silent/?{query}").content.decode())


def test_days_and_pairs_are_the_report_s(site: Path) -> None:
    shown = page()
    found = tables(shown)
    days = cells(found[-1])
    told = xiaoer(site, "report", *MONTH, "--by", "day", "--metrics", ",".join(TABLE), "--format", "csv").out
    assert [row[0] for row in days[:-1]] == [line.split(",")[0] for line in told.lstrip("\ufeff").splitlines()[1:]][
        : len(days) - 1
    ]
    names = ",".join(name for pair in PAIRS for name in pair)
    whole = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", names, "--json").data["rows"][0]
    pairs = cells(found[0])
    assert [int(pairs[0][1]), int(pairs[0][4])] == [whole["silent_orders"], whole["paid_orders"]]
    assert whole["silent_orders"] > 0
    share = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", "silent_sales_share", "--json").data["rows"][0]
    assert f"{share['silent_sales_share'] * 100:.1f}%" in shown.split("</h1>")[0]


def test_the_chart_has_its_table_and_every_day_a_door(site: Path) -> None:
    shown = page()
    assert 'data-chart="silent"' in shown
    assert len(tables(shown)) == 3, "pairs, the chart's table, days"
    assert shown.count('form="doors"') > len(cells(tables(shown)[-1]))


def test_the_answer_in_words() -> None:
    figures = {"shop_sales_yuan": beside(200.0), "silent_sales_yuan": beside(50.0)}
    assert "25.0%" in title_of(figures)
    more = {"silent_spend_per_buyer_yuan": beside(80.0), "spend_per_buyer_yuan": beside(100.0)}
    less = {"silent_spend_per_buyer_yuan": beside(100.0), "spend_per_buyer_yuan": beside(80.0)}
    assert "25.0%" in lead_of(more)
    assert "20.0%" in lead_of(less)
    assert lead_of({"silent_spend_per_buyer_yuan": beside(None), "spend_per_buyer_yuan": beside(80.0)}) == ""
    assert title_of({}) != title_of({"shop_sales_yuan": beside(0.0), "silent_sales_yuan": beside(0.0)})


@pytest.mark.parametrize("query", ["policy=nobody", "from=2024-09-09&to=2024-09-01"])
def test_what_can_not_be_asked_is_said_plainly(site: Path, query: str) -> None:
    assert browser(person("lin", "lead")).get(f"/s/{shop().pk}/silent/?{query}").status_code == 422


def test_days_without_sales_say_so(site: Path) -> None:
    assert "这些天没有卖出" in page("from=2024-09-20&to=2024-09-21")
