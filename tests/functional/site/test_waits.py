"""Response times: bands, quantiles, the map and the rows say what the report says; each leads to its rows."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH
from tests.functional.site.test_funnel import SEPTEMBER, cells, tables

# 小艾 answers after 475, 30, 20 and 30 s, 小林 after 125 s.
EACH = [20, 30, 30, 125, 475]


def page(client: Client, query: str = SEPTEMBER, *, name: str = "waits/") -> str:
    """Return a page of response times."""
    return unescape(client.get(f"/s/{shop().pk}/{name}?{query}").content.decode())


def bands(shown: str) -> dict[str, int]:
    """Return how many waits each band has."""
    found = next(cells(one) for one in tables(shown) if "按标准" in one)
    return {row[0]: int(row[2]) for row in found}


def test_bands_and_quantiles_are_of_the_waits_that_there_are(site: Path) -> None:
    shown = page(browser(person("lin", "lead")))
    found = bands(shown)
    assert found["10–20 秒"] == 1
    assert found["20–30 秒"] == 2
    assert found["100–180 秒"] == 1
    assert found["5–10 分"] == 1
    assert sum(found.values()) == len(EACH)
    assert "一半在 30 秒 内得到回复" in shown
    assert "40.0% 等得太久" in shown
    names = "median_response_seconds,p90_response_seconds,average_response_seconds"
    told = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", names, "--json").data["rows"][0]
    assert told["median_response_seconds"] == 30
    said = re.sub(r"<.*?>", " ", shown.split("quantiles")[1].split("</dl>")[0])
    assert [part.strip() for part in re.findall(r"(\d+ 分 \d\d 秒|\d+ 秒)", said)][0] == "2 分 16 秒"
    assert told["average_response_seconds"] == 136


@pytest.mark.parametrize("by", ["agent", "group"])
def test_rows_have_the_report_s_means(site: Path, by: str) -> None:
    shown = page(browser(person("lin", "lead")), f"{SEPTEMBER}&by={by}")
    rows = cells(tables(shown)[-1])
    told = xiaoer(site, "report", *MONTH, "--by", by, "--metrics", "answered_rounds,average_response_seconds", "--json")
    answered = [one for one in told.data["rows"] if one["answered_rounds"]]
    assert [int(row[1]) for row in rows] == [one["answered_rounds"] for one in answered]
    for row in rows:
        assert sum(float(cell.rstrip("%")) for cell in row[5:]) == pytest.approx(100, abs=0.3)


def test_whose_and_which_waits_are_chosen(site: Path) -> None:
    client = browser(person("lin", "lead"))
    assert sum(bands(page(client, f"{SEPTEMBER}&account=a:晨光店:小林")).values()) == 1
    assert sum(bands(page(client, f"{SEPTEMBER}&account=g:售前")).values()) == len(EACH) - 1
    first = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", "first_responses", "--json").data["rows"][0]
    assert sum(bands(page(client, f"{SEPTEMBER}&shown=first")).values()) == first["first_responses"]


def test_the_map_has_the_report_s_figures(site: Path) -> None:
    client = browser(person("lin", "lead"))
    for figure in ("received_buyers", "average_response_seconds"):
        shown = page(client, f"{SEPTEMBER}&m={figure}")
        heat = next(cells(one) for one in tables(shown) if "周一" in one)
        told = xiaoer(site, "report", *MONTH, "--by", "weekday,hour", "--metrics", figure, "--json").data["rows"]
        known = {(one["weekday"], f"{one['hour']:02}:00") for one in told if one[figure] is not None}
        assert {(day, row[0]) for row in heat for day in range(1, 8) if row[day]} == known
    assert "周一 10:00" in page(client, f"{SEPTEMBER}&m=average_response_seconds"), "475 s and 30 s on a Monday at ten"


@pytest.mark.parametrize("account", ["", "a:晨光店:小艾", "g:售前"])
def test_every_cell_of_the_map_leads_to_that_very_figure(site: Path, account: str) -> None:
    client = browser(person("lin", "lead"))
    shown = page(client, f"{SEPTEMBER}&m=first_response_seconds&account={account}")
    table = next(one for one in tables(shown) if "周一" in one)
    form = re.search(r'id="spots".*?name="of" value="([^"]+)"', shown)
    assert form is not None
    doors = re.findall(r'<button name="at" value="([^"]+)" form="spots">([^<]+)', table)
    assert doors
    for door, text in doors:
        query = {"month": "2024-09", "of": form[1], "at": door}
        answer = client.get(f"/s/{shop().pk}/team/explain/", query, follow=True)
        title = re.search(r"<h1>(.*?)</h1>", unescape(answer.content.decode()))
        assert title is not None
        assert f" {text} ·" in title[1]


def test_a_weekday_that_is_none_is_said_plainly(site: Path) -> None:
    client = browser(person("lin", "lead"))
    for weekday in ("0", "8", "x", "²", "99999999999"):
        address = f"/s/{shop().pk}/team/explain/?{SEPTEMBER}&figure=rounds&in_weekday={weekday}"
        assert client.get(address).status_code == 422


def test_a_band_leads_to_its_waits_and_they_to_conversations(site: Path) -> None:
    client = browser(person("lin", "lead"))
    address = re.search(r'<a href="([^"]+band=\d+)">1</a></td><td class="number">20.0%</td></tr></tbody>', page(client))
    assert address is None, "over ten minutes nobody waited"
    found = re.findall(r'<a href="([^"]+band=\d+)">', page(client))
    listed = unescape(client.get(found[-1]).content.decode())
    rows = cells(tables(listed)[0])
    assert [row[-1] for row in rows] == ["7 分 55 秒"]
    assert "阿***" in listed
    assert "阿青" not in listed
    chat = re.search(r'<td><a href="([^"]+)">查看', listed)
    assert chat is not None
    assert "有货吗" in client.get(chat[1]).content.decode()
    every = cells(tables(page(client, name="waits/list/"))[0])
    assert len(every) == len(EACH)
    assert every[0][-1] == "7 分 55 秒"


def test_who_leads_a_group_sees_only_it(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    shown = page(client)
    assert sum(bands(shown).values()) == len(EACH) - 1
    assert "小林" not in shown
    assert "所有人" not in shown
    assert client.get(f"/s/{shop().pk}/waits/?{SEPTEMBER}&account=a:晨光店:小林").status_code == 403
    assert client.get(f"/s/{shop().pk}/waits/?{SEPTEMBER}&account=g:售后").status_code == 403
    assert client.get(f"/s/{shop().pk}/waits/list/?{SEPTEMBER}").status_code == 403


def test_an_analyst_sees_waits_without_conversations(site: Path) -> None:
    assert "/chat/?" not in page(browser(person("ana", "analyst")), name="waits/list/")


@pytest.mark.parametrize("name", ["waits/", "waits/list/"])
def test_days_without_answers_say_so(site: Path, name: str) -> None:
    shown = page(browser(person("lin", "lead")), "from=2024-09-20&to=2024-09-21", name=name)
    assert "没有回复" in shown or "没有这样的等待" in shown


def test_the_standards_are_settings(site: Path) -> None:
    assert xiaoer(site, "settings", "set", "response_poor_seconds", "60", "--shop", "晨光店").code == 0
    try:
        assert "60–180 秒" in bands(page(browser(person("lin", "lead"))))
    finally:
        assert xiaoer(site, "settings", "set", "response_poor_seconds", "100", "--shop", "晨光店").code == 0
