"""The words of other tools' reports: what they name exists, and each header means one thing."""

from collections import Counter

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.intake.report.words import header_key, meaning, report_words
from xiaoer.intake.vocabulary import platforms
from xiaoer.metrics import load_metrics

CATALOG = Catalog()
WORDS = report_words(CATALOG)
METRICS = load_metrics(CATALOG)
LAYOUTS = [
    pytest.param(layout, id=f"{name}-{layout.name}")
    for name, platform in platforms(CATALOG).items()
    for layout in platform.layouts
    if layout.report
]
# What our metric's unit must be for figures that are read in such a unit.
UNITS = {
    "share": {"share"}, "yuan": {"yuan"}, "seconds": {"seconds"}, "minutes": {"seconds"}, "hours": {"seconds"},
    "clock": {"hours"},
}  # fmt: skip


def test_every_metric_named_exists_and_has_the_unit() -> None:
    for name, indicator in WORDS.indicators.items():
        if indicator.metric is not None:
            assert indicator.metric in METRICS, name
            unit = METRICS[indicator.metric].unit.value
            expected = UNITS.get(indicator.unit)
            assert unit in expected if expected else unit not in {"share", "yuan", "seconds", "hours"}, name


def test_each_header_means_one_thing() -> None:
    headers = [header_key(header) for indicator in WORDS.indicators.values() for header in indicator.headers]
    assert [header for header, count in Counter(headers).items() if count > 1] == []
    descriptions = {header_key(name) for name in (*WORDS.person, *WORDS.day, *WORDS.shop, *WORDS.described)}
    assert descriptions & set(headers) == set()


def test_identities_and_weights_name_indicators() -> None:
    for identity in WORDS.identities:
        named = {identity.of, *identity.adds, *identity.takes, *filter(None, (identity.over, identity.at_most))}
        assert named <= set(WORDS.indicators), identity
        assert bool(identity.adds) != bool(identity.at_most), identity
    weights = {indicator.weight for indicator in WORDS.indicators.values() if indicator.weight}
    assert weights <= set(WORDS.indicators)


def test_words_of_rows_are_apart() -> None:
    rows = WORDS.rows
    assert not rows.total & rows.mean and not rows.total & rows.peers and not rows.mean & rows.peers
    assert rows.wider <= rows.total | rows.mean


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_tools_own_readings_name_indicators(layout: object) -> None:
    report = layout.report  # type: ignore[attr-defined]
    assert set(report.means.values()) <= set(WORDS.indicators)
    own = {header_key(header): name for header, name in report.means.items()}
    described = {header_key(name) for name in (*WORDS.person, *WORDS.day, *WORDS.shop, *WORDS.described)}
    for header in report.columns:
        assert meaning(header, WORDS, own) or header_key(header) in described, header
