"""The summary of the morning: the last whole day's figures, and what needs somebody."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.kept import kept, last_day_known
from xiaoer.site.models import Shop

FIGURES = (
    "received_buyers", "reply_share", "average_response_seconds", "three_minute_share", "inquiry_buyers",
    "paid_orders", "sales_yuan",
)  # fmt: skip


def digest_lines(shop: Shop, today: date, language: Language) -> tuple[str, list[str]]:
    """Return the title and the lines of a morning's summary."""
    last = last_day_known(shop.name)
    if last is None:
        return _("Nothing is known yet"), [_("No data have been imported.")]
    day = min(last, today - timedelta(days=1))
    title = _("{shop}: {day}").format(shop=shop.name, day=day)
    try:
        page = kept(report, ReportAsk(str(day), str(day), shop.name, by=(), metrics=FIGURES), language)
    except ReportableError:
        return title, [_("The figures of the day could not be computed.")]
    if not page.rows:
        return title, [_("Nothing in these days.")]
    cells = zip(page.columns, page.rows[0], strict=True)
    lines = [
        _("{label}: {figure}").format(label=column.label, figure=cell.text)
        + ("*" if cell.immature else "")
        for column, cell in cells if column.name in FIGURES
    ]  # fmt: skip
    if any(cell.immature for cell in page.rows[0]):
        lines.append(_("* can still change"))
    if day < today - timedelta(days=1):
        lines.append(_("Data reach to {day} only.").format(day=day))
    return title, lines
