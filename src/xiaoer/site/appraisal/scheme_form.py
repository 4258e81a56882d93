"""A scheme being written: parts in a form, every fault beside its field, tried on the past, then put in force."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.appraise_text import (
    BLOCKS,
    NAME,
    Fault,
    SchemeParts,
    faults_of,
    parts_in,
    parts_of,
    put_in_force,
    text_of,
)
from xiaoer.actions.report_choices import report_choices
from xiaoer.actions.scheme_fields import Part, scheme_fields
from xiaoer.actions.scheme_rows import rows_of, text_of_rows
from xiaoer.actions.settings import show_settings
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.site.appraisal.scheme_cards import (
    Faults,
    Pressed,
    Rows,
    Shown,
    cards_of,
    changed_rows,
    posted_rows,
    pressed_of,
)
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.kept import kept
from xiaoer.site.models import SchemeDraft, Shop
from xiaoer.site.pages.data_rows import data_rows

FIRST_TEMPLATE = "six_indicators"
NEEDED = ("inputs", "steps", "lines")
WHOLE = -1  # the place of what is wrong with a block as a whole
SAID = (
    (
        "parameters",
        gettext_lazy("Numbers of the scheme"),
        gettext_lazy("Each stands here once."),
    ),
    ("inputs", gettext_lazy("What goes in"), gettext_lazy("Figures of the data, or values that people give.")),
    ("steps", gettext_lazy("Steps"), gettext_lazy("Each uses the names of what stands before it.")),
    ("lines", gettext_lazy("Lines of pay"), gettext_lazy("What stands on the statement, in this order.")),
)


class SchemeForm(PlainForm):
    """The parts of a scheme."""

    name = forms.CharField(
        label=gettext_lazy("Name of the scheme"), max_length=48,
        help_text=gettext_lazy("Small letters, digits and underscores. A scheme of this name gets one more version."),
    )  # fmt: skip
    label_zh = forms.CharField(label=gettext_lazy("What it is called, in Chinese"), max_length=60)
    label_en = forms.CharField(label=gettext_lazy("What it is called, in English"), max_length=60)
    why_zh = forms.CharField(label=gettext_lazy("What it rewards and why, in Chinese"), max_length=400)
    why_en = forms.CharField(label=gettext_lazy("What it rewards and why, in English"), max_length=400)
    first = day_field(gettext_lazy("In force from"))
    roles = forms.CharField(
        label=gettext_lazy("For which roles"), max_length=200, required=False,
        help_text=gettext_lazy("As in the table of agents, with commas; empty: every role."),
    )  # fmt: skip
    groups = forms.CharField(label=gettext_lazy("For which groups"), max_length=200, required=False)
    weeks_at_least = forms.CharField(
        label=gettext_lazy("From which week here on"), max_length=8, required=False,
        help_text=gettext_lazy("Full weeks since somebody came; empty: from the first day."),
    )  # fmt: skip
    weeks_under = forms.CharField(
        label=gettext_lazy("Only before which week"), max_length=8, required=False,
        help_text=gettext_lazy("For newcomers: it ends after so many weeks; empty: it does not end."),
    )  # fmt: skip
    two_people = forms.BooleanField(
        label=gettext_lazy("Two people: who computes a month does not close it"), required=False
    )
    score = forms.CharField(label=gettext_lazy("Which step is the score"), max_length=48, required=False)
    grade = forms.CharField(label=gettext_lazy("Which step gives the grade"), max_length=48, required=False)

    def parts(self, rows: Rows, parts: Mapping[str, Part]) -> SchemeParts:
        """Return what was written, with the rows of its blocks."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        blocks = {block: text_of_rows(block, rows[block], parts) for block in BLOCKS}
        return SchemeParts(**{**asked, **blocks, "first": str(asked["first"])})


@dataclass(frozen=True)
class _Written:
    """A scheme as its page shows it: the draft it is of, the form, the rows, and faults by block and row."""

    form: SchemeForm
    rows: Rows
    draft: SchemeDraft | None = None
    faults: Faults = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    pressed: Pressed = Pressed()


def scheme_new(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Write a scheme, beginning with one that is there."""
    if request.method == "POST":
        return _posted(request, shop, None)
    template = request.GET.get("from", FIRST_TEMPLATE)[:60]
    parts = kept(parts_of, template)
    form = SchemeForm(initial={**asdict(parts), "name": f"{template}_2"[:48], "two_people": True, "first": ""})
    return _page(request, shop, _Written(form, _rows(parts, request.reads)))


def scheme_draft(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Go on writing a scheme."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    if request.method == "POST" and found.state == SchemeDraft.State.OPEN:
        return _posted(request, shop, found)
    return _page(request, shop, _as_kept(found, request.reads))


def scheme_drop(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Stop writing a scheme; its text stays on record."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    with transaction.atomic():
        if SchemeDraft.objects.filter(pk=found.pk, state=SchemeDraft.State.OPEN).update(
            state=SchemeDraft.State.DROPPED
        ):
            note("scheme_dropped", person=request.user, shop=shop, about=found)
    return redirect("schemes", shop.pk)


def scheme_in_force(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Put a scheme in force from its day on, for every shop that chooses it."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    if found.state != SchemeDraft.State.OPEN:
        return redirect("schemes", shop.pk)
    parts = parts_in(found.text)
    try:
        faults = faults_of(settings.SITE.home, found.name, parts, request.reads, law=law_of_shop(shop))
        if faults:
            raise ReportableError([one.issue for one in faults])
        with transaction.atomic():
            found.state, found.put_by, found.put_at = SchemeDraft.State.IN_FORCE, request.user, timezone.now()
            found.save()
            note("scheme_in_force", person=request.user, shop=shop, about=found, details={"name": found.name})
            put_in_force(settings.SITE.home, found.name, parts)
    except ReportableError as error:
        found.state = SchemeDraft.State.OPEN
        said = [say(issue, request.reads) for issue in error.issues]
        return _page(request, shop, _as_kept(found, request.reads, *said))
    return redirect("schemes", shop.pk)


def law_of_shop(shop: Shop) -> str:
    """Return whose law of wages guards the shop's pay now."""
    rows = data_rows(kept(show_settings, "en", shop=shop.name), "settings")
    return [str(row["value"]) for row in rows if row["name"] == "wage_law"][-1]


def _posted(request: HttpRequest, shop: Shop, found: SchemeDraft | None) -> HttpResponse:
    parts, posted = kept(scheme_fields, request.reads), request.POST
    rows = posted_rows(posted, parts)
    if what := posted.get("do"):
        given = {name: posted.get(name, "") for name in SchemeForm.base_fields}
        form = SchemeForm(initial=given | {"two_people": "two_people" in posted})
        pressed = pressed_of(what, rows)
        rows = changed_rows(rows, pressed, posted.get("add", ""), parts)
        return _page(request, shop, _Written(form, rows, found, pressed=pressed))
    form = SchemeForm(posted)
    if not form.is_valid():
        return _page(request, shop, _Written(form, rows, found))
    name, scheme = form.cleaned_data["name"].strip(), form.parts(rows, parts)
    found_faults = faults_of(settings.SITE.home, name, scheme, request.reads, law=law_of_shop(shop))
    faults = _faults(form, rows, found_faults, request.reads)
    taken = SchemeDraft.objects.filter(shop=shop, name=name, state=SchemeDraft.State.OPEN).exclude(
        pk=found.pk if found else None
    )
    if NAME.match(name) and taken.exists():
        form.add_error("name", _("A scheme of this name is being written already."))
    if form.errors or faults:
        return _page(request, shop, _Written(form, rows, found, faults))
    with transaction.atomic():
        draft = found or SchemeDraft(shop=shop, made_by=request.user)
        draft.name, draft.text = name, text_of(scheme)
        draft.save()
        note("scheme_drafted", person=request.user, shop=shop, about=draft, details={"name": name})
    return redirect("scheme_draft", shop.pk, draft.pk)


def _faults(form: SchemeForm, rows: Rows, found: list[Fault], language: Language) -> dict[tuple[str, int], list[str]]:
    """Return the faults of rows by block and row, after those of fields were said beside them."""
    of_rows: dict[tuple[str, int], list[str]] = {}
    for block in NEEDED:
        if not rows[block]:
            of_rows[block, WHOLE] = [_("At least one is needed.")]
    for one in found:
        said = say(one.issue, language)
        if one.part in BLOCKS:
            of_rows.setdefault((one.part, (one.line or 1) - 1), []).append(said)
        else:
            form.add_error(one.part if one.part in form.fields else None, said)
    return of_rows


def _rows(parts: SchemeParts, language: Language) -> Rows:
    fields = kept(scheme_fields, language)
    return {block: rows_of(block, getattr(parts, block), fields) for block in BLOCKS}


def _as_kept(found: SchemeDraft, language: Language, *problems: str) -> _Written:
    parts = parts_in(found.text)
    form = SchemeForm(initial={**asdict(parts), "name": found.name})
    return _Written(form, _rows(parts, language), found, problems=problems)


def _page(request: HttpRequest, shop: Shop, written: _Written) -> HttpResponse:
    form, faults, parts = written.form, written.faults, kept(scheme_fields, request.reads)
    metrics = [one for _label, group in kept(report_choices, request.reads).groups for one in group]
    shown = Shown(request.reads, {one.name: one.label for one in metrics}, faults, written.pressed)
    cards = cards_of(written.rows, parts, shown)
    number = sum(len(each) for each in (*form.errors.values(), *faults.values()))
    return render(request, "appraisal/scheme.html", {
        "shop": shop, "form": form, "draft": written.draft, "problems": written.problems, "number": number,
        "blocks": [(name, label, hint, cards[name], faults.get((name, WHOLE), [])) for name, label, hint in SAID],
        "kinds": [(kind, part.label) for kind, part in parts.items() if part.label],
        "metrics": metrics if any(card.open for card in cards["inputs"]) else (),
        "may_put": request.viewer.may("put_schemes_in_force", shop),
        "open": written.draft is None or written.draft.state == SchemeDraft.State.OPEN,
    }, status=422 if number or written.problems else 200)  # fmt: skip
