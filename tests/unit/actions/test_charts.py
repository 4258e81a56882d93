"""Drawn charts: what they show is what the cells hold, in words too, and nothing depends on colour alone."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.chart_bars import MOST
from xiaoer.actions.render.chart_frame import step_text, steps_to
from xiaoer.actions.render.charts_html import charts_html
from xiaoer.actions.render.html_table import SHEET, paper_parts
from xiaoer.actions.render.page import Cell, Column, Kind, Page

AGENT = Column("agent", "客服", fixed=True)
DAY = Column("day", "日期", Kind.DAY, fixed=True)
SHARE = Column("share", "回复率", Kind.SHARE)


def page_of(head: Column, figure: Column, cells: dict[str, Cell], *charts: Chart) -> Page:
    rows = tuple((Cell(label, label), cell) for label, cell in cells.items())
    return Page("report", "店", (head, figure), rows, "zh", {}, charts=charts)


def share(value: float | None, *, missed: bool = False, immature: bool = False, few: bool = False) -> Cell:
    text = "–" if value is None else f"{value * 100:.1f}%"
    return Cell(value, text, missed=missed, immature=immature, few=few)


def bars(figure: Column = SHARE, target: str | None = None) -> Chart:
    return Chart(ChartKind.BAR, (figure.name,), figure.label, Decimal(target) if target else None)


def widths(drawn: str) -> list[float]:
    return [float(found) for found in re.findall(r'<rect class="bar[^>]* width="([\d.]+)%"', drawn)]


def test_bars_are_as_long_as_their_figures_the_longest_first_unknown_last() -> None:
    chart = bars()
    cells = {"小艾": share(0.25), "小林": share(None), "小白": share(0.5)}
    drawn = charts_html(page_of(AGENT, SHARE, cells, chart), "v1")
    assert re.findall(r"<desc[^>]*>(.*?)</desc>", drawn) == ["小白 50.0%；小艾 25.0%；小林 –"]
    longest, half, none = widths(drawn)
    assert half == pytest.approx(longest / 2, abs=0.02)
    assert none == 0


def test_a_figure_of_few_cases_is_not_ranked_among_those_of_many() -> None:
    cells = {"小艾": share(1.0, few=True), "小林": share(None), "小白": share(0.5)}
    drawn = charts_html(page_of(AGENT, SHARE, cells, bars()), "v1")
    assert re.findall(r"<desc[^>]*>(.*?)</desc>", drawn) == ["小白 50.0%；小艾 100.0%◌；小林 –"]


def test_the_state_of_a_figure_is_a_mark_and_a_shape_beside_its_colour() -> None:
    cells = {"小艾": share(0.25, missed=True), "小林": share(0.5, immature=True)}
    drawn = charts_html(page_of(AGENT, SHARE, cells, bars(target="0.4")), "v1")
    assert '<rect class="bar short"' in drawn
    assert '<rect class="bar late"' in drawn
    assert ">25.0%●<" in drawn
    assert ">50.0%◐<" in drawn
    assert ">目标 40%<" in drawn


def test_a_target_above_all_figures_is_still_on_the_chart() -> None:
    chart = bars(target="0.8")
    drawn = charts_html(page_of(AGENT, SHARE, {"小艾": share(0.4)}, chart), "v1")
    (wide,) = widths(drawn)
    (place,) = {float(found) for found in re.findall(r'<line class="target" x1="([\d.]+)%"', drawn)}
    (left,) = {float(found) for found in re.findall(r'<rect class="bar[^"]*" x="([\d.]+)%"', drawn)}
    assert (place - left) == pytest.approx(2 * wide, abs=0.02)
    assert place <= 100


def test_more_bars_than_one_looks_at_are_left_to_the_table() -> None:
    cells = {f"客服{number}": share(number / 100) for number in range(MOST + 3)}
    drawn = charts_html(page_of(AGENT, SHARE, cells, bars()), "v1")
    assert drawn.count('<rect class="bar') == MOST
    assert "其余 3 个在表里" in drawn


def test_a_line_breaks_where_nothing_is_known_and_is_dashed_where_it_can_still_change() -> None:
    cells = {
        "2024-09-01": share(0.5),
        "2024-09-02": share(None),
        "2024-09-03": share(0.25),
        "2024-09-04": share(0.3, immature=True),
    }
    drawn = charts_html(page_of(DAY, SHARE, cells, Chart(ChartKind.LINE, ("share",), "回复率")), "v1")
    assert re.findall(r'<line class="line ([^"]*)"', drawn) == ["late"]
    assert drawn.count("<circle") == 3
    assert "虚线和浅色的还会变" in drawn
    assert re.findall(r'<text class="label"[^>]*>([^<]*)<', drawn) == ["9-1", "9-2", "9-3", "9-4"]


def test_columns_stand_in_the_order_of_the_rows() -> None:
    cells = {"09:00": share(0.5), "10:00": share(0.25)}
    drawn = charts_html(
        page_of(Column("hour", "时", fixed=True), SHARE, cells, Chart(ChartKind.COLUMN, ("share",), "回复率")), "v1"
    )
    high = [float(found) for found in re.findall(r'<rect class="bar[^>]*height="([\d.]+)"', drawn)]
    assert high[0] == pytest.approx(2 * high[1], abs=0.2)


def test_a_funnel_shows_what_is_left_and_what_was_lost() -> None:
    names = {"inquiry": "询单人数", "ordered": "下单人数", "paid": "付款人数"}
    columns = (AGENT, *(Column(name, label, Kind.COUNT, "人") for name, label in names.items()))
    total = (Cell("合计", "合计"), Cell(200, "200"), Cell(100, "100"), Cell(50, "50"))
    chart = Chart(ChartKind.FUNNEL, tuple(names), "询单漏斗")
    one = Page("report", "店", columns, (total,), "zh", {}, total=total, charts=(chart,))
    drawn = charts_html(one, "v1")
    (told,) = re.findall(r"<desc[^>]*>(.*?)</desc>", drawn)
    assert told == "询单人数 200；下单人数 100 占询单人数的 50.0% · 少 100；付款人数 50 占询单人数的 25.0% · 少 50"
    assert [float(found) for found in re.findall(r'<rect class="bar [^>]*width="([\d.]+)%"', drawn)] == [100, 50, 25]


def test_a_funnel_of_nobody_and_figures_all_unknown_or_nought_are_drawn_too() -> None:
    nought = (Cell("合计", "合计"), Cell(0, "0"), Cell(None, "–"))
    columns = (AGENT, Column("a", "询单", Kind.COUNT), Column("b", "付款", Kind.COUNT))
    others = (ChartKind.BAR, ChartKind.LINE, ChartKind.COLUMN)
    charts = (Chart(ChartKind.FUNNEL, ("a", "b"), "漏斗"), *(Chart(kind, ("a",), "询单") for kind in others))
    drawn = charts_html(Page("report", "店", columns, (nought,), "zh", {}, total=nought, charts=charts), "v1")
    assert drawn.count("<svg") == 4
    assert "nan" not in drawn


def test_a_name_is_never_markup() -> None:
    drawn = charts_html(page_of(AGENT, SHARE, {"<b>&": share(0.5)}, bars()), "v1")
    assert "<b>" not in drawn
    assert "&lt;b&gt;&amp; 50.0%" in drawn


@given(st.floats(min_value=1e-6, max_value=1e12), st.sampled_from([Kind.COUNT, Kind.SHARE, Kind.SECONDS, Kind.YUAN]))
def test_round_steps_start_at_nought_reach_the_highest_and_are_few(highest: float, kind: Kind) -> None:
    steps = steps_to(highest, kind)
    assert steps[0] == 0
    assert steps[-1] >= highest * (1 - 1e-9)
    assert len(steps) <= 6
    assert steps == sorted(set(steps))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.SHARE, 0.4, "40%"),
        (Kind.SHARE, 0.975, "97.5%"),
        (Kind.YUAN, 50000.0, "¥50,000"),
        (Kind.COUNT, 1500.0, "1,500"),
        (Kind.SECONDS, 180.0, "3 分 00 秒"),
    ],
)
def test_steps_are_said_as_short_as_they_go(kind: Kind, value: float, text: str) -> None:
    assert step_text(kind, value, "zh") == text


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=80))
def test_on_paper_every_column_is_on_some_part_once_and_no_part_is_wider_than_the_sheet(figures: list[int]) -> None:
    columns = (AGENT, *(Column(f"m{n}", f"指标{n}", Kind.COUNT) for n in range(len(figures))))
    row = (Cell("小艾", "小艾"), *(Cell(figure, f"{figure:,}") for figure in figures))
    parts = paper_parts(Page("report", "店", columns, (row,), "zh", {}))
    assert [place for part in parts for place in part if place != 0] == list(range(1, len(columns)))
    assert all(part[0] == 0 for part in parts)
    assert len(parts) <= 1 + sum(len(f"{figure:,}") * 6 + 16 for figure in figures) // (SHEET // 2)
