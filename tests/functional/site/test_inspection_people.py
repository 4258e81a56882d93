"""Agreement of several judges who do not see one another, how sure items are, coaching, customers' words, the table."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.inspecting import AGENT, BUYER, ITEM, decide, plan, review
from xiaoer.actions.customer_voice import VoiceRow, customer_voice
from xiaoer.actions.decision_file import read_decisions
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.site.inspection.decisions import decisions_of
from xiaoer.site.inspection.precision import precision_by_month, precision_of
from xiaoer.site.inspection.voice import title_of
from xiaoer.site.models import AuditEntry, CoachingNote, FindingDecision, InspectionPlan, Person, Review

MONTH = "month=2024-09"


def several(people: list[Person], votes: dict[str, str], *, done: bool = True) -> list[Review]:
    """Return reviews of conversations by everybody: per conversation a letter each, y stands, n does not."""
    common = plan(shop(), people[0])
    InspectionPlan.objects.filter(pk=common.pk).update(readers=len(people))
    made = []
    for buyer, letters in votes.items():
        for place, (one, letter) in enumerate(zip(people, letters, strict=True)):
            found = review(one, buyer=buyer, counts=place == 0, done=done)
            Review.objects.filter(pk=found.pk).update(plan=common)
            decide(found, "accepted" if letter == "y" else "refused")
            made.append(found)
    return made


def test_agreement_is_told_by_item_once_everybody_has_judged(site: Path) -> None:
    people = [person("ina", "inspector", name="易娜"), person("ivy", "inspector", name="艾薇")]
    made = several(people, {BUYER: "yn", "小白": "yy", "小白2": "nn", "小白3": "yy", "小白4": "yy"})
    client = browser(person("lin", "lead"))
    answer = client.get(f"/s/{shop().pk}/inspection/agreement/")
    (item,) = answer.context["items"]
    # Of 10 values 7 are yes and 3 no: 42 of 90 pairs differ by chance, 2 of 10 do. 1 - (2/10) / (42/90) = 4/7.
    assert (item.judged, item.agreed, item.alpha) == (5, 4, Fraction(4, 7))
    shown = answer.content.decode()
    assert "要一起谈谈这一项" in shown
    assert "易娜：有问题" in shown
    assert "艾薇：没问题" in shown
    assert BUYER not in shown
    Review.objects.filter(pk=made[1].pk).update(done_at=None)
    (item,) = client.get(f"/s/{shop().pk}/inspection/agreement/").context["items"]
    assert item.judged == 4, "one of its judges is not done"
    assert not item.weak, "too few to say anything"


def test_judges_do_not_see_one_another_and_only_one_of_them_counts(site: Path) -> None:
    people = [person("ina", "inspector"), person("ivy", "inspector")]
    first, second = several(people, {BUYER: "yn"})
    Review.objects.filter(pk=second.pk).update(done_at=None)
    assert {one.verdict for one in decisions_of(shop()).values()} == {"accepted"}
    client = browser(people[1])
    own = client.get(f"/s/{shop().pk}/inspection/review/{second.pk}/")
    decided = {one.item: one.decided.verdict for one in own.context["card"].found if one.decided}
    assert decided == {ITEM: "refused"}, "one's own only"
    from tests.functional.site.test_inspection_appeals import question

    talk = client.get(f"/s/{shop().pk}/inspection/conversation/?{question()}")
    assert talk.context["blind"]
    assert not [one for one in talk.context["card"].found if one.decided]
    assert talk.context["reviews"] == []
    Review.objects.filter(pk=second.pk).update(done_at=first.done_at)
    seen = client.get(f"/s/{shop().pk}/inspection/conversation/?{question()}")
    assert [one.decided.verdict for one in seen.context["card"].found if one.decided] == ["accepted"]
    assert FindingDecision.objects.count() == 2


def test_an_item_is_noisy_when_too_many_of_its_findings_are_refused(site: Path) -> None:
    ina = person("ina", "inspector")
    for number, verdict in enumerate(("accepted", "accepted", "accepted", "refused", "restated")):
        decide(review(ina, buyer=f"客{number}"), verdict, points=-1 if verdict == "restated" else None)
    decide(review(ina, buyer="客9"), "added")
    (known,) = precision_of(shop(), first=date.min, last=date.max).values()
    assert (known.judged, known.stood, known.noisy) == (5, 4, False)
    decide(review(ina, buyer="客5"), "refused")
    (known,) = precision_of(shop(), first=date.min, last=date.max).values()
    assert (known.judged, known.stood, known.noisy) == (6, 4, True)
    assert list(precision_by_month(shop(), first=date.min, last=date.max)) == [(ITEM, "2024-09")]
    shown = browser(person("lin", "lead")).get(f"/s/{shop().pk}/inspection/items/").content.decode()
    assert "1 个质检项不准，该改了" in shown
    assert "4 / 6" in shown


def test_nothing_is_said_of_noisy_items_while_people_judged_none(site: Path) -> None:
    address, client = f"/s/{shop().pk}/inspection/items/", browser(person("lin", "lead"))
    empty = client.get(address).content.decode()
    assert "还没有人评过" in empty and "没有发现不准的质检项" not in empty
    decide(review(person("ina", "inspector")), "accepted")
    assert "没有发现不准的质检项" in client.get(address).content.decode()


def test_coaching_is_written_looked_at_again_and_done(site: Path) -> None:
    lead = person("lin", "lead")
    client, address = browser(lead), f"/s/{shop().pk}/inspection/coaching/"
    assert client.post(address, {"agent": "", "words": "x"}).status_code == 422
    assert client.post(address, {"agent": "谁", "words": "x"}).status_code == 422
    asked = {"agent": AGENT, "item": ITEM, "words": "开头先问好", "look_again_on": "2024-09-10", "shown": "on"}
    assert client.post(address, asked).status_code == 302
    shown = client.get(address).content.decode()
    assert "1 位客服到了回头看的时候" in shown
    note = CoachingNote.objects.get()
    assert (note.by, note.shown) == (lead, True)
    for _ in range(2):
        client.post(f"{address}{note.pk}/done/")
    assert AuditEntry.objects.filter(act="coaching_done").count() == 1
    assert "没有未完成的记录" in client.get(address).content.decode()


def test_decisions_are_given_as_the_table_that_training_takes_after_a_reason(site: Path, tmp_path: Path) -> None:
    ina = person("ina", "inspector")
    decide(review(ina), "refused")
    decide(review(ina, buyer="=老周"), "added", "tone_overall")
    client, address = browser(ina), f"/s/{shop().pk}/inspection/decisions/"
    assert BUYER not in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert AuditEntry.objects.filter(act="exported").count() == 0
    answer = client.post(address, {"reason": "check"})
    (tmp_path / "decisions.csv").write_bytes(answer.content)
    assert read_decisions(tmp_path / "decisions.csv") == decisions_of(shop())
    assert AuditEntry.objects.get(act="exported").details == {"rows": 2}


def test_what_is_said_most_is_counted_over_all_products() -> None:
    def said(label: str, product: str, number: int) -> VoiceRow:
        return VoiceRow("complaint", label, label, product, number, {}, ())

    rows = [said("投诉", "", 4), said("破损", "毯子", 3), said("破损", "杯子", 3)]
    with translation.override("zh-hans"):
        assert "破损" in title_of(rows) and "6" in title_of(rows)
        assert title_of([]) == ""


def test_what_customers_say_is_what_the_engine_counts_masked_and_logged(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(person("lin", "lead"))
    monkeypatch.setattr("xiaoer.site.inspection.voice.is_kept", lambda *question: False)
    later = client.get(f"/s/{shop().pk}/inspection/customers/?{MONTH}&topic=wish")
    assert 'hx-get="?' in later.content.decode()
    assert AuditEntry.objects.filter(act="quotes_read").count() == 0, "nothing was shown yet"
    rows = customer_voice(site, InspectAsk("2024-09-01", "2024-09-30", "晨光店"), "zh")
    for topic in ("complaint", "leaving", "nonsense"):
        answer = client.get(f"/s/{shop().pk}/inspection/customers/?{MONTH}&topic={topic}&now=1")
        shown = answer.context["topic"]
        assert shown == (topic if topic != "nonsense" else "complaint")
        own = [one.row for one in answer.context["rows"]]
        assert own == [one for one in rows if one.topic == shown]
    numbers = {name: number for name, _label, number, _query in answer.context["topics"]}
    assert numbers == {name: sum(one.conversations for one in rows if one.topic == name) for name in numbers}
    assert AuditEntry.objects.filter(act="quotes_read").count() == 3
    assert browser(person("ana", "analyst")).get(f"/s/{shop().pk}/inspection/customers/").status_code == 403
