"""Facts are built again only for the days that something touched."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.store.rows import SHOP, message, put
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.settings import THE_FIRST_DAY
from xiaoer.base.steps import Step
from xiaoer.facts import up_to_date
from xiaoer.facts.build import message_facts
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.store import Store

SEPTEMBER = Scope((SHOP,), Period(date(2024, 9, 1), date(2024, 9, 30)), "order_first")


def contacts(store: Store, seq: int | None = None) -> list[tuple[str, str | None]]:
    with relations_for(store, store.snapshot(seq), SEPTEMBER) as engine:
        rows = engine.query([Step("contacts", "SELECT buyer, filter_reason FROM contact ORDER BY day, buyer, agent")])
        return [(row["buyer"], row["filter_reason"]) for row in rows.to_pylist()]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    days: list[date] = []

    def watched(messages: pa.Table, **given: Any) -> dict[str, pa.Table]:  # noqa: ANN401 -- handed on as given
        days.extend(sorted(set(messages["local_date"].to_pylist())))
        return message_facts(messages, **given)

    monkeypatch.setattr(up_to_date, "message_facts", watched)
    return days


def test_a_new_day_builds_that_day_only(tmp_path: Path, built: list[date]) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-01 10:00", "buyer")])
        contacts(store)
        put(store, "two", messages=[message("乙", "a", "2024-09-02 10:00", "buyer")])
        built.clear()
        assert contacts(store) == [("甲", None), ("乙", None)]
        assert built == [date(2024, 9, 2)]
        built.clear()
        contacts(store)
        assert built == []


def test_a_setting_that_facts_depend_on_builds_them_again_and_another_does_not(
    tmp_path: Path, built: list[date]
) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-01 10:00", "buyer")])
        contacts(store)
        built.clear()
        store.set_value(SHOP, "credit_days", "3", from_date=THE_FIRST_DAY)
        contacts(store)
        assert built == []
        store.set_value(SHOP, "listed_nicks", "甲", from_date=THE_FIRST_DAY)
        assert contacts(store) == [("甲", "listed_nick")]
        assert built == [date(2024, 9, 1)]


def test_an_account_first_seen_later_filters_its_earlier_chats_as_a_buyer(tmp_path: Path, built: list[date]) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=[message("店:新人", "a", "2024-09-01 10:00", "buyer")])
        put(store, "other", messages=[message("丙", "a", "2024-09-03 10:00", "buyer")])
        assert contacts(store) == [("店:新人", None), ("丙", None)]
        built.clear()
        put(store, "two", messages=[message("乙", "店:新人", "2024-09-02 10:00", "buyer")])
        assert contacts(store) == [("店:新人", "own_account"), ("乙", None), ("丙", None)]
        assert sorted(built) == [date(2024, 9, 1), date(2024, 9, 2)]


def spam(buyer: str, day: date, kind: CorrectionKind = CorrectionKind.SPAM_CONTACT) -> Correction:
    return Correction(0, 0, "", SHOP, kind, "王店长", "同行", {"filter_reason": None}, None, buyer, "a", day)


def test_a_correction_builds_its_day_only_and_its_withdrawal_nothing_at_all(tmp_path: Path, built: list[date]) -> None:
    with Store(tmp_path) as store:
        days = [f"2024-09-0{number} 10:00" for number in (1, 2)]
        put(store, "one", messages=[message("甲", "a", day, "buyer") for day in days])
        assert contacts(store) == [("甲", None), ("甲", None)]
        before = store.snapshot()
        built.clear()
        made = store.correct(spam("甲", date(2024, 9, 2)))
        assert contacts(store) == [("甲", None), ("甲", "corrected")]
        assert built == [date(2024, 9, 2)]
        built.clear()
        assert contacts(store, before.seq) == [("甲", None), ("甲", None)]
        store.withdraw(made.id)
        assert contacts(store) == [("甲", None), ("甲", None)]
        assert contacts(store, made.seq) == [("甲", None), ("甲", "corrected")]
        assert built == []


def test_a_correction_outlives_the_import_that_it_corrects(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        rows = [message("甲", "a", "2024-09-01 10:00", "buyer")]
        number = put(store, "one", messages=rows)
        store.correct(spam("甲", date(2024, 9, 1)))
        store.undo(number)
        assert contacts(store) == []
        put(store, "one more time", messages=rows)
        assert contacts(store) == [("甲", "corrected")]


def test_of_one_contact_the_latest_correction_in_force_decides(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-01 10:00", "buyer")])
        store.correct(spam("甲", date(2024, 9, 1)))
        later = store.correct(spam("甲", date(2024, 9, 1), CorrectionKind.KEEP_CONTACT))
        assert contacts(store) == [("甲", None)]
        store.withdraw(later.id)
        assert contacts(store) == [("甲", "corrected")]


def test_undoing_an_import_takes_its_messages_out_of_the_facts(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-01 10:00", "buyer")])
        number = put(store, "two", messages=[message("乙", "a", "2024-09-01 11:00", "buyer")])
        assert contacts(store) == [("乙", None), ("甲", None)]
        store.undo(number)
        assert contacts(store) == [("甲", None)]
