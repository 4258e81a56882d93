"""What is the matter by one rule now: subjects, each with the line that is told of it. No line names a customer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from xiaoer.actions.imports import list_imports
from xiaoer.actions.render.cell_text import seconds_text, share_text
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.shops import clock_of
from xiaoer.base.language import Language
from xiaoer.site.alerts.digest import digest_lines
from xiaoer.site.alerts.kinds import DAILY, DIGEST, FAILED, LIVE, LIVE_METRICS, MISSING
from xiaoer.site.alerts.live_figures import live_figures
from xiaoer.site.kept import kept, last_day_known
from xiaoer.site.models import AlertRule, Delivery, Job, ReceivedEvent
from xiaoer.site.wall.feed import look

DIGEST_LATE_HOURS = 6  # a summary of the morning is of no use in the evening
SCALES = {"shop": (), "group": ("group",), "agent": ("agent",)}


@dataclass(frozen=True)
class Found:
    """What is the matter by a rule; `lines` is None where nothing can be known now, so that nothing begins or ends.

    Of a rule that tells `once`, a subject that was told is never told again.
    """

    lines: dict[str, str] | None
    once: bool = False
    title: str = ""


def conditions(rule: AlertRule, now: datetime, language: Language) -> Found:
    """Return what is the matter by a rule."""
    return _KINDS[rule.kind](rule, now, language)


def is_beyond(rule: AlertRule, figure: Decimal) -> bool:
    """Return whether a figure is on the wrong side of the rule's limit."""
    assert rule.limit is not None
    return figure > rule.limit if rule.way == "over" else figure < rule.limit


def said_in_unit(value: Decimal, unit: str, language: Language) -> str:
    """Return a figure of this moment as people read it."""
    if unit == "seconds":
        return seconds_text(float(value), language)
    return share_text(value) if unit == "share" else f"{value.normalize():f}"


def _live(rule: AlertRule, now: datetime, language: Language) -> Found:
    seen = look(rule.shop, now)
    if seen.live is None or seen.state is None or seen.behind:
        return Found(None)
    figures = live_figures(seen.live, seen.state, rule.metric, rule.whom)
    if figures is None:
        return Found(None)
    metric = LIVE_METRICS[rule.metric]
    lines = {
        name: _line(name, str(metric.label), said_in_unit(figure, metric.unit, language),
                    said_in_unit(rule.limit, metric.unit, language), rule.way)
        for name, figure in figures.items()
        if is_beyond(rule, figure) and rule.only in ("", name)
    }  # fmt: skip
    return Found(lines)


def _daily(rule: AlertRule, now: datetime, language: Language) -> Found:
    day = _last_whole_day(rule, now)
    if day is None:
        return Found(None)
    ask = ReportAsk(str(day), str(day), rule.shop.name, by=SCALES[rule.whom], metrics=(rule.metric,))
    page = kept(report, ask, language)
    place = next(at for at, column in enumerate(page.columns) if column.name == rule.metric)
    lines: dict[str, str] = {}
    for row in page.rows:
        cell, name = row[place], row[0].text if rule.whom != "shop" else ""
        known = isinstance(cell.value, int | float | Decimal) and not cell.immature
        if known and rule.only in ("", name) and is_beyond(rule, Decimal(str(cell.value))):
            limit = _limit_text(rule, page.columns[place].unit, language)
            lines[f"{day} {name}".strip()] = f"{day} " + _line(
                name, page.columns[place].label, cell.text, limit, rule.way
            )
    return Found(lines, once=True)


def _limit_text(rule: AlertRule, unit: str, language: Language) -> str:
    limit = rule.limit or Decimal(0)
    if rule.metric.endswith("_share"):
        return share_text(limit)
    return seconds_text(float(limit), language) if rule.metric.endswith("_seconds") else f"{limit.normalize():f}"


def _failed(rule: AlertRule, now: datetime, language: Language) -> Found:
    lines: dict[str, str] = {}
    jobs = Job.objects.filter(shop=rule.shop, kind="import", state=Job.State.FAILED, finished_at__gte=rule.made_at)
    for number in jobs.values_list("pk", flat=True):
        lines[f"job {number}"] = _("An import of files failed (work {number}).").format(number=number)
    refused = Delivery.objects.filter(
        shop=rule.shop, state=Delivery.State.REFUSED, finished_at__gte=rule.made_at
    )  # fmt: skip
    for number in refused.values_list("pk", flat=True):
        said = _("What a program sent could not be used (delivery {number}).")
        lines[f"delivery {number}"] = said.format(number=number)
    return Found(lines, once=True)


def _missing(rule: AlertRule, now: datetime, language: Language) -> Found:
    assert rule.limit is not None
    posted = ReceivedEvent.objects.filter(shop=rule.shop).aggregate(at=Max("received_at"))["at"]
    imports = [one["at"] for one in list_imports(settings.SITE.home, shop=rule.shop.name)]
    times = [*([posted] if posted else []), *(datetime.fromisoformat(str(at)) for at in imports)]
    if not times:
        return Found(None)
    newest = max(times)
    if now - newest < timedelta(hours=float(rule.limit)):
        return Found({})
    local = newest.astimezone(kept(clock_of, rule.shop.name).zone)
    said = _("No new data since {time}: neither posted nor imported.")
    return Found({"": said.format(time=f"{local:%Y-%m-%d %H:%M}")})


def _digest(rule: AlertRule, now: datetime, language: Language) -> Found:
    assert rule.at is not None
    local = now.astimezone(kept(clock_of, rule.shop.name).zone)
    due = local.replace(hour=rule.at.hour, minute=rule.at.minute, second=0, microsecond=0)
    if not due <= local < due + timedelta(hours=DIGEST_LATE_HOURS):
        return Found(None)
    day = local.date()
    title, lines = digest_lines(rule.shop, day, language)
    return Found({str(day): "\n".join(lines)}, once=True, title=title)


def _line(name: str, label: str, figure: str, limit: str, way: str) -> str:
    said = _("{label} {figure}, over {limit}") if way == "over" else _("{label} {figure}, under {limit}")
    text = said.format(label=label, figure=figure, limit=limit)
    return _("{name}: {text}").format(name=name, text=text) if name else text


def _last_whole_day(rule: AlertRule, now: datetime) -> date | None:
    """Return the last day before today that has data."""
    today = kept(clock_of, rule.shop.name).local_day(now)
    last = last_day_known(rule.shop.name)
    return None if last is None else min(last, today - timedelta(days=1))


_KINDS: dict[str, Callable[[AlertRule, datetime, Language], Found]] = {
    LIVE: _live, DAILY: _daily, FAILED: _failed, MISSING: _missing, DIGEST: _digest,
}  # fmt: skip
