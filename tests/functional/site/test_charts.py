"""Charts: what is drawn stands beside as a table; a browser draws it under the site's policy, in both themes."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, sync_playwright

from tests.functional.site.chrome import ARGUMENTS, chromium, violations
from xiaoer.actions.render.page import Cell, Kind
from xiaoer.site.charts import Chart, Drawn, Mark, Point, Series, point_of
from xiaoer.site.headers import POLICY

STATIC = Path(__file__).resolve().parents[3] / "src/xiaoer/site/static"
PICTURE = "document.querySelector('[data-chart=lines] canvas').toDataURL()"
PLACES = ("9-01", "9-02", "9-03")


def chart(drawn: Drawn, name: str = "one") -> Chart:
    """Return a chart of two series; the second figure of the first has a door, its last can still change."""
    now = Series("今年", (Point(0.4, "40.0%"), Point(0.9, "90.0%", "/behind/"), Point(0.6, "60.0%", pale=True)))
    then = Series("去年", (Point(0.3, "30.0%"), Point(None, "–"), Point(0.5, "50.0%")), earlier=True)
    return Chart(name, drawn, "转化率变高", PLACES, (now, then), Kind.SHARE, (Mark(0.5, "目标 50%"),), "日期")


def test_the_table_has_a_row_for_each_place_and_a_heat_map_for_each_series() -> None:
    lines, heat = chart(Drawn.LINES), chart(Drawn.HEAT)
    assert lines.heads == ("今年", "去年")
    assert [(head, [one.text for one in points]) for head, points in lines.rows][1] == ("9-02", ["90.0%", "–"])
    assert heat.heads == PLACES
    assert [(head, [one.text for one in points]) for head, points in heat.rows][1] == ("去年", ["30.0%", "–", "50.0%"])


def test_the_script_gets_numbers_texts_doors_and_what_can_change() -> None:
    first = chart(Drawn.LINES).json["series"][0]
    assert first["values"] == [0.4, 0.9, 0.6]
    assert first["leads"]
    assert first["pale"] == [2]
    assert "leads" not in chart(Drawn.LINES).json["series"][1]


def test_a_cell_without_a_number_is_not_drawn() -> None:
    assert point_of(Cell("09:00", "09:00")).value is None
    assert point_of(Cell(3, "3", immature=True)) == Point(3.0, "3", "", True)


def test_nothing_in_a_chart_breaks_out_of_its_block(site: Path) -> None:
    bad = Chart("x", Drawn.LINES, "a", ("</script><b>",), (Series("s", (Point(1, "<i>"),)),))
    shown = render_to_string("part/chart.html", {"chart": bad})
    assert "<b>" not in shown
    assert "<i>" not in shown


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_draws_every_kind_under_the_policy(site: Path) -> None:
    parts = [render_to_string("part/chart.html", {"chart": chart(kind, kind.value)}) for kind in Drawn]
    sheets = "".join(f'<link rel="stylesheet" href="/{one}">' for one in ("vendor/tabler.min.css", "xiaoer/charts.css"))
    scripts = "".join(f'<script src="/{one}" defer></script>' for one in ("vendor/echarts.min.js", "xiaoer/charts.js"))
    head = f'<meta charset="utf-8"><title>x</title>{sheets}{scripts}'
    html = f'<!doctype html><html lang="zh-CN" data-bs-theme="light">{head}'
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS).new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", lambda route: _answer(route, f"{html}<main><h1>x</h1>{''.join(parts)}</main>"))
        page.goto("http://site.test/")
        page.wait_for_selector(".chart-box canvas")
        light = {kind: _colours(page, kind.value) for kind in Drawn}
        assert all(number > 1 for number in light.values()), light
        before = _picture(page)
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        page.wait_for_function(f"before => ({PICTURE}) !== before", arg=before)
        assert violations(page) == []
        assert faults == []
        _over_the_figure(page)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_url("**/behind/")


def _answer(route: Route, html: str) -> None:
    path = route.request.url.partition("site.test")[2]
    if path == "/":
        route.fulfill(body=html, headers={"Content-Type": "text/html", "Content-Security-Policy": POLICY})
    elif path.startswith(("/vendor/", "/xiaoer/")):
        route.fulfill(path=STATIC / path[1:])
    else:
        route.fulfill(body="x", headers={"Content-Type": "text/html"})


def _colours(page: Page, name: str) -> int:
    """Return how many colours the picture of a chart has."""
    return int(page.evaluate(
        """name => { const canvas = document.querySelector(`[data-chart=${name}] canvas`);
        const picture = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(picture.data.buffer)).size; }""", name,
    ))  # fmt: skip


def _over_the_figure(page: Page) -> None:
    """Move over the second place of the columns, the highest, in the middle, until the chart says that it leads on."""
    box = page.locator("[data-chart=columns]")
    box.evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    for _ in range(100):
        at = box.bounding_box()
        assert at is not None
        page.mouse.move(at["x"] + at["width"] * 0.498, at["y"] + at["height"] * 0.55)
        page.mouse.move(at["x"] + at["width"] * 0.498, at["y"] + at["height"] * 0.6)
        if box.evaluate("box => box.style.cursor") == "pointer":
            return
        page.wait_for_timeout(100)
    pytest.fail("the chart never said that the figure leads on")


def _picture(page: Page) -> str:
    return str(page.evaluate(PICTURE))
