"""The page of a shop's alerts: rules, what is the matter now, what was sent. And the owner's page of addresses."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.metric_pages import list_metrics
from xiaoer.actions.plain_issue import say_plain
from xiaoer.base.language import Language
from xiaoer.site.alerts import addresses, changes
from xiaoer.site.alerts.forms import AddressForm, RuleForm
from xiaoer.site.alerts.kinds import DAILY, KINDS, LASTING, LIVE, LIVE_METRICS, MISSING, WAYS, WHOM
from xiaoer.site.alerts.send import OTHER_KEY
from xiaoer.site.models import AlertAddress, AlertEpisode, AlertMessage, AlertRule, Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.sealed import OtherKeyError, unseal

MESSAGES = 50
SNOOZES = (1, 8, 24)
STATES = {
    "waiting": gettext_lazy("waits"),
    "held": gettext_lazy("waits for the end of quiet hours"),
    "sending": gettext_lazy("on its way"),
    "sent": gettext_lazy("sent"),
    "failed": gettext_lazy("refused"),
    "unknown": gettext_lazy("perhaps arrived; not sent again"),
    "dropped": gettext_lazy("not sent: it was over"),
}

PROBLEMS = {OTHER_KEY: gettext_lazy("the address can not be read any more")}


def alerts(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the rules and what was sent; make a new rule."""
    form = RuleForm(request.reads, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        changes.make_rule(shop, form.rule(), by=request.user)
        return redirect("alerts", shop.pk)
    rules = AlertRule.objects.filter(shop=shop, ended_at=None).prefetch_related("addresses")
    labels = _labels(request.reads)
    running = AlertEpisode.objects.filter(rule__in=rules, ended_at=None, rule__kind__in=LASTING).select_related("rule")
    messages = AlertMessage.objects.filter(shop=shop).select_related("address")[:MESSAGES]
    return render(request, "alerts/alerts.html", {
        "shop": shop, "form": form, "snoozes": SNOOZES, "rules": [_rule(one, labels, request.reads) for one in rules],
        "running": [{"episode": one, "what": _what(one.rule, labels)} for one in running],
        "messages": [_message(one) for one in messages], "has_addresses": form.fields["addresses"].queryset.exists(),
        "may_addresses": request.viewer.may("manage_addresses"),
    }, status=422 if form.errors else 200)  # fmt: skip


def alert_end(request: HttpRequest, shop: Shop, rule: int) -> HttpResponse:
    """End a rule."""
    changes.end_rule(get_object_or_404(AlertRule, pk=rule, shop=shop), by=request.user)
    return redirect("alerts", shop.pk)


def alert_snooze(request: HttpRequest, shop: Shop, rule: int) -> HttpResponse:
    """Let a rule be silent for some hours, or speak again."""
    found = get_object_or_404(AlertRule, pk=rule, shop=shop)
    asked = request.POST.get("hours", "0")
    changes.snooze_rule(found, int(asked) if asked in map(str, SNOOZES) else 0, by=request.user)
    return redirect("alerts", shop.pk)


def alert_again(request: HttpRequest, shop: Shop, message: int) -> HttpResponse:
    """Send a message again that could not be sent."""
    changes.send_again(get_object_or_404(AlertMessage, pk=message, shop=shop), by=request.user)
    return redirect("alerts", shop.pk)


def alert_addresses(request: HttpRequest) -> HttpResponse:
    """Show the addresses and whether messages arrive there; make a new one."""
    form = AddressForm(*([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            changes.make_address(form.cleaned_data["name"], form.given(), by=request.user)
            return redirect("alert_addresses")
        except ValidationError as wrong:
            for field, said in wrong.message_dict.items():
                form.add_error(field, said)
    running = AlertAddress.objects.filter(ended_at=None)
    rows = [{"address": one, "kind": addresses.KINDS[one.kind], "last": _last(one)} for one in running]
    lost = [one.name for one in running if not _can_be_opened(one)]
    shown = {"form": form, "rows": rows, "lost": lost}
    return render(request, "alerts/addresses.html", shown, status=422 if form.errors else 200)


def alert_address_try(request: HttpRequest, address: int) -> HttpResponse:
    """Send a message to try an address."""
    changes.try_address(get_object_or_404(AlertAddress, pk=address, ended_at=None), by=request.user)
    return redirect("alert_addresses")


def alert_address_end(request: HttpRequest, address: int) -> HttpResponse:
    """End an address."""
    changes.end_address(get_object_or_404(AlertAddress, pk=address), by=request.user)
    return redirect("alert_addresses")


def _can_be_opened(address: AlertAddress) -> bool:
    try:
        unseal(address.secret)
    except OtherKeyError:
        return False
    return True


def _labels(language: Language) -> dict[str, str]:
    metrics = data_rows(list_metrics(settings.SITE.home, language), "metrics")
    return {one["name"]: one["label"][language] for one in metrics}


def _what(rule: AlertRule, labels: dict[str, str]) -> str:
    """Return a rule in words."""
    if rule.kind == MISSING:
        return _("No new data for {number} hours").format(number=f"{rule.limit.normalize():f}")
    if rule.kind not in (LIVE, DAILY):
        return str(KINDS[rule.kind]) + (f" {rule.at:%H:%M}" if rule.at else "")
    label = str(LIVE_METRICS[rule.metric].label) if rule.kind == LIVE else labels.get(rule.metric, rule.metric)
    share = rule.metric.endswith("_share") or (rule.kind == LIVE and LIVE_METRICS[rule.metric].unit == "share")
    limit = f"{(rule.limit * 100).normalize():f}%" if share else f"{rule.limit.normalize():f}"
    return f"{label} {WAYS[rule.way]} {limit}"


def _rule(rule: AlertRule, labels: dict[str, str], language: Language) -> dict[str, Any]:
    snoozed = rule.snoozed_until if rule.snoozed_until and rule.snoozed_until > timezone.now() else None
    return {
        "rule": rule, "what": _what(rule, labels), "whom": rule.only or WHOM[rule.whom], "snoozed": snoozed,
        "addresses": [one.name for one in rule.addresses.all()],
        "problems": [say_plain(one, language) for one in rule.problem],
    }  # fmt: skip


def _message(message: AlertMessage) -> dict[str, Any]:
    again = message.state in (AlertMessage.State.FAILED, AlertMessage.State.UNKNOWN)
    return {
        "message": message, "state": STATES[message.state], "again": again and message.address.ended_at is None,
        "problem": PROBLEMS.get(message.problem, message.problem),
    }  # fmt: skip


def _last(address: AlertAddress) -> dict[str, Any] | None:
    last = AlertMessage.objects.filter(address=address).first()
    return None if last is None else _message(last)
