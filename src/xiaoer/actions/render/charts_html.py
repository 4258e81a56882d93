"""The charts of a page as drawings inside it: no picture to fetch, no program to run."""

from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.chart_bars import bars_svg
from xiaoer.actions.render.chart_funnel import funnel_svg
from xiaoer.actions.render.chart_upright import upright_svg
from xiaoer.actions.render.page import Page

DRAWN = {
    ChartKind.BAR: bars_svg,
    ChartKind.LINE: upright_svg,
    ChartKind.COLUMN: upright_svg,
    ChartKind.FUNNEL: funnel_svg,
}


def charts_html(page: Page, name: str) -> str:
    """Return the charts side by side where there is room, empty for a page without any; `name` is the page's own."""
    drawn = "".join(_drawn(f"{name}-{number}", page, chart) for number, chart in enumerate(page.charts))
    return f'<div class="charts">{drawn}</div>' if drawn else ""


def _drawn(name: str, page: Page, chart: Chart) -> str:
    return DRAWN[chart.kind](name, page, chart)


CHART_STYLE = """
.charts{position:sticky;left:0;max-width:var(--text);padding:20px 24px 4px;display:grid;
grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:20px 40px;align-items:start}
.chart{margin:0;min-width:0}
.chart figcaption{font-weight:600;margin-bottom:6px}
.chart svg{display:block;overflow:visible;font-size:12px;font-variant-numeric:tabular-nums}
.chart text{fill:var(--ink)}
.chart .step,.chart .label{fill:var(--soft);font-size:11px}
.chart line.step{stroke:var(--hair)}
.chart .figure{font-weight:600}
.chart .figure,.chart text.target{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.chart .bar{fill:var(--blue)}
.chart .bar.short{fill:var(--orange)}
.chart .bar.late{fill-opacity:.45;stroke:var(--blue);stroke-dasharray:3 2}
.chart .bar.late.short{stroke:var(--orange)}
.chart .rest{fill:var(--head)}
.chart line.line{stroke:var(--blue);stroke-width:2}
.chart line.late{stroke-dasharray:4 4;stroke-opacity:.7}
.chart .dot{fill:var(--blue)}
.chart .dot.short{fill:var(--orange)}
.chart .dot.late{fill:var(--paper);stroke:var(--blue);stroke-width:1.5}
.chart .dot.late.short{stroke:var(--orange)}
.chart line.target{stroke:var(--orange);stroke-width:1.5;stroke-dasharray:6 3}
.chart text.target{fill:var(--orange);font-size:11px}
.chart-note{margin:4px 0 0;color:var(--soft);font-size:12px}
@media (max-width:600px){.charts{padding:16px 12px 4px}}
@media print{.charts{position:static;max-width:none;padding:8px 0;grid-template-columns:1fr 1fr;gap:10px 24px}
.charts:has(.chart:nth-child(3):last-child){grid-template-columns:repeat(3,1fr)}
.chart{break-inside:avoid;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chart svg{font-size:9px}.chart .step,.chart .label,.chart text.target,.chart-note{font-size:8px}}
"""
