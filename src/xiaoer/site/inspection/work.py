"""The work of inspection that takes its time: reading days against the standards, drawing a plan's conversations."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import read_shop
from xiaoer.actions.inspect_sample import Drawn, Sample, SampleAsk, Way, sample, shared_out
from xiaoer.actions.inspect_summary import inspection_summary
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.jobs.process import Tell
from xiaoer.site.models import Account, InspectionPlan, Job, Person, Review, Shop


def read_conversations(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Read the days asked for that are not up to date; days that were read stay read when it is stopped."""
    ask = InspectAsk(job.asked["first"], job.asked["last"], job.shop.name)
    tell("inspecting", 0, 0)
    read_shop(home, ask, lambda done, total: tell("inspecting", done, total))
    tell("finishing", 0, 0)
    inspection_summary(home, ask, language)


def draw(home: Path, _language: Language, tell: Tell, job: Job) -> None:
    """Draw the conversations of a plan and share them out; the plan is there with all of its reviews, or not at all."""
    asked, shop = job.asked, job.shop
    ask = InspectAsk(asked["first"], asked["last"], shop.name)
    tell("inspecting", 0, 0)
    read_shop(home, ask, lambda done, total: tell("inspecting", done, total))
    tell("drawing", 0, 0)
    wanted = SampleAsk(Way(asked["way"]), asked["number"], str(job.pk), being_read(shop))
    made = plan_of(sample(home, ask, wanted), asked, shop, by=job.started_by)
    Job.objects.filter(pk=job.pk).update(came={"plan": made.pk})


def plan_of(found: Sample, asked: Mapping[str, Any], shop: Shop, *, by: Person) -> InspectionPlan:
    """Return the plan with its reviews; a ReportableError when nothing is left to draw."""
    people = list(Person.objects.filter(pk__in=asked["inspectors"]).order_by("pk"))
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    readers, each = [one.pk for one in people], asked["readers"]
    shares = shared_out(found.drawn, readers, each=each, own=_own(people, shop))
    if not shares:
        raise ReportableError.of("site.nothing_to_draw", values={"number": found.conversations})
    with transaction.atomic():
        plan = InspectionPlan.objects.create(
            shop=shop, name=asked["name"], way=asked["way"], number=asked["number"] or None, first=first, last=last,
            readers=asked["readers"], conversations=found.conversations, ranked=found.ranked, made_by=by,
        )  # fmt: skip
        plan.inspectors.set(people)
        Review.objects.bulk_create(
            Review(
                shop=shop, plan=plan, inspector_id=one.reader, day=date.fromisoformat(one.drawn.day),
                agent=one.drawn.agent, buyer=one.drawn.buyer, place=place, counts=one.counts,
            )
            for place, one in enumerate(shares)
        )  # fmt: skip
        note("plan_made", person=by, shop=shop, about=plan, details={"reviews": len(shares), "way": plan.way})
    return plan


def being_read(shop: Shop) -> frozenset[Drawn]:
    """Return the conversations that somebody has judged or is to judge; of plans that ended, only the judged ones."""
    found = Review.objects.filter(shop=shop).exclude(done_at=None, plan__ended_at__isnull=False)
    return frozenset(Drawn(str(day), agent, buyer) for day, agent, buyer in found.values_list("day", "agent", "buyer"))


def _own(people: list[Person], shop: Shop) -> Callable[[int, Drawn], bool]:
    """Return what says whether a conversation was somebody's own: held under an account that was theirs that day."""
    known = list(Account.objects.filter(person__in=people, shop=shop))

    def own(reader: int, one: Drawn) -> bool:
        day = date.fromisoformat(one.day)
        return any(
            account.person_id == reader and account.account == one.agent and account.first_day <= day
            and (account.last_day is None or day <= account.last_day)
            for account in known
        )  # fmt: skip

    return own
