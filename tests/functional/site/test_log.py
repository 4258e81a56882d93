"""The log: written once, complete for every change, without customers' words."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.functional.site.cast import browser, person, shop
from xiaoer.site.audit import ACTS, note
from xiaoer.site.models import AuditEntry
from xiaoer.site.models.audit import WrittenOnceError


@pytest.fixture
def entry(site: Path) -> AuditEntry:
    """Return an entry of the log."""
    note("signed_in", person=person("amy", "lead"))
    return AuditEntry.objects.latest("id")


def test_the_models_refuse_to_change_it(entry: AuditEntry) -> None:
    entry.act = "signed_out"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete, _update):
        with pytest.raises(WrittenOnceError):
            change()


def _update() -> None:
    AuditEntry.objects.update(act="signed_out")


@pytest.mark.parametrize("statement", ["UPDATE xiaoer_auditentry SET act = 'x'", "DELETE FROM xiaoer_auditentry"])
def test_the_database_refuses_too(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get(pk=entry.pk).act == "signed_in"


def test_an_act_without_words_is_a_bug(site: Path) -> None:
    with pytest.raises(AssertionError):
        note("did_something", person=None)


def test_the_page_shows_who_what_when_and_can_be_narrowed(entry: AuditEntry) -> None:
    client = browser(person("own", "owner"))
    shown = client.get("/log/").content.decode()
    assert "Amy" in shown
    assert "数据里的新店铺" in shown
    narrowed = client.get("/log/?act=signed_in").context["entries"]
    assert {one["entry"].act for one in narrowed} == {"signed_in"}


def test_exports_and_looks_at_customers_are_in_it(site: Path) -> None:
    client = browser(person("lin", "lead"))
    client.get(f"/s/{shop().pk}/team.xlsx")
    client.post(f"/s/{shop().pk}/filtered/whole/", {"reason": "complaint"})
    exported, seen = AuditEntry.objects.filter(act__in=["exported", "customers_seen"]).order_by("id")
    assert (exported.act, exported.details["table"]) == ("exported", "team")
    assert (seen.act, seen.reason, seen.shop) == ("customers_seen", "complaint", shop())
    assert "老周" not in str(list(AuditEntry.objects.values()))


def test_every_act_has_words() -> None:
    assert all(str(said) for said in ACTS.values())
