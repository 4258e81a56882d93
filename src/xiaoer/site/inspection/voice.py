"""What customers say, by topic and product: how often over time, and their own words, masked, with their doors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.customer_voice import TOPICS, VoiceRow, customer_voice
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.base.days import Period
from xiaoer.site.audit import note
from xiaoer.site.inspection.reading import AT_ONCE, reading_known
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.inspection.talk import asked_of
from xiaoer.site.kept import is_kept, kept
from xiaoer.site.models import Shop
from xiaoer.site.performance.state import state_of

LABELS = {
    "complaint": gettext_lazy("Complaints"), "wish": gettext_lazy("Wishes"),
    "leaving": gettext_lazy("Why they left"), "source": gettext_lazy("How they found the shop"),
    "praise": gettext_lazy("Praise"),
}  # fmt: skip
MOST = 25
STEPS = 31  # at most so many steps of time
WIDE, HIGH = 5, 18  # of a step's bar


@dataclass(frozen=True)
class Said:
    """One thing that customers say; a quote is the words before, those meant, those after, and its door."""

    row: VoiceRow
    bars: str  # as a path is written
    width: int
    said: str
    quotes: tuple[tuple[str, str, str, str], ...]


def voice(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show what customers said in some days; the look is in the log, since it shows their words."""
    state = state_of(request.GET, shop)
    days = state.days.period
    ask = InspectAsk(str(days.first), str(days.last), shop.name)
    if reading_known(ask).read > AT_ONCE:
        return redirect(f"{reverse('inspection', args=[shop.pk])}?{state.query()}")
    topic = request.GET.get("topic", "")
    topic = topic if topic in TOPICS else TOPICS[0]
    part = bool(request.headers.get("HX-Request"))
    shown = {"shop": shop, "tabs": tabs_of(request, shop), "state": state, "topic": topic, "label": LABELS[topic]}
    if not part and "now" not in request.GET and not is_kept(customer_voice, ask, request.reads):
        return render(request, "inspection/voice.html", shown | {"later": f"{state.query()}&topic={topic}"})
    rows = kept(customer_voice, ask, request.reads)
    note("quotes_read", person=request.user, shop=shop, details={"topic": topic, "days": f"{days.first}–{days.last}"})
    own = [one for one in rows if one.topic == topic]
    numbers = {name: sum(one.conversations for one in rows if one.topic == name) for name in TOPICS}
    template = "inspection/voice_rows.html" if part else "inspection/voice.html"
    return render(request, template, shown | {
        "title": title_of(own), "more": max(0, len(own) - MOST), "rows": [_said(shop, one, days) for one in own[:MOST]],
        "topics": [(name, LABELS[name], numbers[name], f"{state.query()}&topic={name}") for name in TOPICS],
    })  # fmt: skip


def title_of(rows: Sequence[VoiceRow]) -> str:
    """Return what is said most, of all products together; empty where nothing is said."""
    if not rows:
        return ""
    said: Counter[str] = Counter()
    for one in rows:
        said[one.label] += one.conversations
    (label, number), *_others = said.most_common(1)
    return _("Said most: %(what)s, in %(number)s conversations") % {"what": label, "number": number}


def _said(shop: Shop, one: VoiceRow, days: Period) -> Said:
    """Return a row with its counts over time, drawn as one path: a bar for each day, or for some days together."""
    every = [str(day) for day in days.days()]
    size = -(-len(every) // STEPS)
    steps = [every[at : at + size] for at in range(0, len(every), size)]
    numbers = [sum(one.by_day.get(day, 0) for day in step) for step in steps]
    most = max(numbers)
    bars = "".join(
        f"M{place * WIDE} {HIGH}v-{-(-HIGH * number // most)}h{WIDE - 1}V{HIGH}z"
        for place, number in enumerate(numbers)
        if number
    )
    named = steps[numbers.index(most)]
    said = _("most on %(day)s: %(most)s of %(all)s") % {
        "day": named[0] if len(named) == 1 else f"{named[0]} – {named[-1]}", "most": most, "all": sum(numbers)
    }  # fmt: skip
    return Said(one, bars, WIDE * len(steps), said, tuple(_quotes(shop, one)))


def _quotes(shop: Shop, one: VoiceRow) -> list[tuple[str, str, str, str]]:
    made = []
    for quote in reversed(one.quotes):
        day, agent, buyer = quote.conversation.split("/", 2)
        asked = urlencode(asked_of(shop, day, agent, buyer))
        address = f"{reverse('inspection_talk', args=[shop.pk])}?{asked}"
        text, start, end = quote.text, quote.start, quote.end
        made.append((text[:start], text[start:end], text[end:], address))
    return made
