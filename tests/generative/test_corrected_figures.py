"""Corrected figures are those of a shop put right by hand: any log, withdrawals, imports undone and made again."""

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.engine import By, declared_metrics, engine_reports
from tests.generative.made_corrections import KINDS, correction_of, corrections_of, logs_of
from tests.generative.moments import DAYS
from tests.generative.shops import POLICIES, periods, shops
from tests.generative.test_engine_equals_reference import differences
from tests.reference.corrections import Said, Withdrawn, holding, put_right
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import FIGURES, shop_report
from xiaoer.actions.shop_data import ShopData
from xiaoer.base.catalog import Catalog
from xiaoer.base.corrections import in_force
from xiaoer.base.days import Period
from xiaoer.base.tables import canonical_tables
from xiaoer.metrics import Found, Request, assemble_report, compile_report, dimensions_of
from xiaoer.store.store import Store

METRICS = tuple(FIGURES)
BY_AGENT: By = ("agent",)
EVERY_DAY = Period(DAYS[0], DAYS[-1])


def test_every_figure_follows_the_corrections_in_force() -> None:
    """And every kind of correction held, and some was withdrawn, in the shops that chance made."""
    held: Counter[str] = Counter()

    @settings(max_examples=max(12, settings().max_examples // 2))
    @given(data=st.data(), shop=shops(), period=periods(), policy=st.sampled_from(POLICIES))
    def compared(data: st.DataObject, shop: Shop, period: Period, policy: str) -> None:
        log = data.draw(logs_of(shop))
        held.update(one.kind for one in holding(log))
        held.update("withdrawn" for one in log if isinstance(one, Withdrawn))
        right = put_right(shop, log)
        wanted = shop_report(right, period=period, by=BY_AGENT, policy=policy, metrics=METRICS)
        corrections = in_force(corrections_of(shop, log), len(log))
        found = engine_reports(
            shop, period=period, bys=[BY_AGENT], policy=policy, metrics=METRICS, corrections=corrections
        )
        assert differences(wanted, found[BY_AGENT], by=BY_AGENT) == []

    compared()
    assert [kind for kind in (*KINDS, "withdrawn") if not held[kind]] == []


@settings(max_examples=max(6, settings().max_examples // 4))
@given(data=st.data(), shop=shops(), policy=st.sampled_from(POLICIES))
def test_corrections_hold_through_imports_undone_and_made_again(data: st.DataObject, shop: Shop, policy: str) -> None:
    """At the end, and at an earlier snapshot: facts built in between are never those of another log."""
    log = data.draw(logs_of(shop))
    again = data.draw(st.sets(st.integers(0, len(log))))
    looked_at = data.draw(st.integers(0, len(log)))
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for one in shop.settings.dated:
            store.set_value(shop.name, one.name, one.value, from_date=one.from_date)
        import_number = imported(store, shop, "first")
        seqs = [store.snapshot().seq]
        reported(store, shop, policy=policy, seq=None)
        numbers: list[int] = []
        for place, entry in enumerate(log):
            if place in again:
                store.undo(import_number)
                import_number = imported(store, shop, f"again {place}")
            if isinstance(entry, Said):
                numbers.append(store.correct(correction_of(shop, entry)).id)
            else:
                store.withdraw(numbers[entry.place])
            seqs.append(store.snapshot().seq)
            if place == looked_at:
                reported(store, shop, policy=policy, seq=None)
        if len(log) in again:
            imported(store, shop, "overlapping")
        for so_far, seq in ((len(log), None), (looked_at, seqs[looked_at])):
            right = put_right(shop, log[:so_far])
            wanted = shop_report(right, period=EVERY_DAY, by=BY_AGENT, policy=policy, metrics=METRICS)
            found = reported(store, shop, policy=policy, seq=seq)
            assert differences(wanted, found, by=BY_AGENT) == []


def imported(store: Store, shop: Shop, name: str) -> int:
    """Import every table of the shop as one file and return the import's number."""
    file = {"file_name": name, "file_hash": name, "file_bytes": 1, "shop": shop.name, "platform": "canonical"}
    with store.importing(shop.settings.clock) as under_way:
        for table, rows in canonical(shop).items():
            for batch in rows.to_batches():
                under_way.writer.add(table, batch)
        return under_way.commit(file=file | {"exported_at": None}, report={}).number


def reported(store: Store, shop: Shop, *, policy: str, seq: int | None) -> list[Row]:
    """Return the report's rows by agent as the product makes them from the store at a snapshot."""
    declared = declared_metrics()
    data = ShopData(store, store.snapshot(seq), (shop.name,), declared, Catalog())
    request = Request(
        EVERY_DAY, METRICS, by=dimensions_of(BY_AGENT), shop=shop.name, policy=policy, settings=data.settings
    )
    with data.session(request) as engine:
        rows = engine.query(compile_report(request, declared))
    report = assemble_report(
        request, declared, rows=rows, total=rows, found=Found(tables=frozenset(canonical_tables()))
    )
    return [{**row.dimensions, **row.figures} for row in report.rows]


def test_a_log_by_hand() -> None:
    contact = ("lan", "amy", date(2024, 3, 9))
    first, second = Said("spam_contact", contact=contact), Said("keep_contact", contact=contact)
    other = Said("test_order", order_id="o1")
    assert holding([first, second, other]) == [second, other]
    assert holding([first, second, Withdrawn(1)]) == [first]
    assert holding([first, Withdrawn(0), second, Withdrawn(1)]) == []
