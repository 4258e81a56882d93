"""A bad folder of standards says everything that is wrong at once, with file, line and near names."""

from pathlib import Path

import pytest

from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.inspection.standards import load_standards

GOOD = """label: {zh: 自家标准, en: Our own}
why: {zh: 试, en: Trial}
kind: standard
items:
  own_item:
    label: {zh: 甲, en: A}
    reason: {zh: 甲, en: A}
    find: {by: phrase, line: {said: [say_welcome, 新话]}}
    points: "-1"
    severity: low
    hits: [["买：在", "客：新话"], ["买：在", "客：您好"]]
    misses: [["买：在", "客：哦"], ["买：在", "客：嗯"]]
"""


def issues(tmp_path: Path, standards: str, signals: str = "") -> list[tuple[str, int | None, str]]:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "own.yaml").write_text(standards, encoding="utf-8")
    if signals:
        (tmp_path / "signals").mkdir()
        (tmp_path / "signals" / "own.yaml").write_text(signals, encoding="utf-8")
    with pytest.raises(ReportableError) as error:
        load_standards(Catalog((OUR_CATALOG, tmp_path)))
    return [(one.code, one.place.line, str(one.values.get("near", ""))) for one in error.value.issues]


def test_a_good_one_is_laid_over_ours(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "own.yaml").write_text(GOOD, encoding="utf-8")
    ours, laid_over = load_standards(Catalog()), load_standards(Catalog((OUR_CATALOG, tmp_path)))
    assert set(laid_over.items) - set(ours.items) == {"own_item"}
    assert laid_over.digest != ours.digest


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("say_welcome", "say_welcom").replace("  own_item:", "  swearing:")
    bad = bad.replace('    misses: [["买：在", "客：哦"], ["买：在", "客：嗯"]]\n', '    misses: [["买：在"]]\n')
    found = issues(tmp_path, bad, "signals:\n  sorry: {label: {zh: 歉, en: S}, phrases: [歉]}\n")
    assert ("inspect.unknown_signal", 8) in [
        (code, line) for code, line, near in found if near.startswith("say_welcome")
    ]
    assert ("inspect.item_twice", 5, "") in found
    assert ("inspect.few_examples", 5, "") in found
    assert ("inspect.signal_name", 2, "") in found


def test_mechanisms_need_their_parts_and_checks_their_names(tmp_path: Path) -> None:
    bad = GOOD.replace("by: phrase, line: {said: [say_welcome, 新话]}", "by: order, check: signed_fr")
    assert [code for code, _, _ in issues(tmp_path, bad)] == [
        "inspect.part_missing", "inspect.part_missing", "inspect.unknown_check",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("signal", "code"),
    [
        ("{label: {zh: 空, en: E}}", "inspect.empty_signal"),
        ('{label: {zh: 空, en: E}, phrases: ["再…"]}', "inspect.empty_phrase"),
        ("{label: {zh: 号, en: N}, pattern: '(?P<found>a'}", "inspect.bad_pattern"),
        ("{label: {zh: 号, en: N}, pattern: '(?P<found>(a))\\1'}", "inspect.bad_pattern"),
        ("{label: {zh: 号, en: N}, pattern: 'a+'}", "inspect.pattern_without_group"),
    ],
)
def test_signals_that_can_not_be_used(tmp_path: Path, signal: str, code: str) -> None:
    assert [found for found, _, _ in issues(tmp_path, GOOD, f"signals:\n  own_signal: {signal}\n")] == [code]
