"""Dated settings: which value holds on a day, and what a value may be."""

from datetime import date

import pytest

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import say
from xiaoer.base.setting import SettingKind
from xiaoer.base.settings import DatedValue, ShopSettings, check_setting, declared_settings

OCTOBER = date(2024, 10, 1)
METRICS = ("reply_share", "reply_rounds")


def refusal(name: str, value: str) -> Issue:
    """Return the issue with which a value is refused."""
    with pytest.raises(ReportableError) as raised:
        check_setting(name, value, metrics=METRICS, shares=["reply_share"])
    (issue,) = raised.value.issues
    return issue


def refused(name: str, value: str) -> str:
    """Return the code with which a value is refused."""
    return refusal(name, value).code


def test_a_value_holds_from_its_day_on_and_the_default_before() -> None:
    settings = ShopSettings((DatedValue("wait_cap_seconds", OCTOBER, 1, "300"),))
    assert settings.on(date(2024, 9, 30)).count("wait_cap_seconds") == 600
    assert settings.on(OCTOBER).count("wait_cap_seconds") == 300


def test_of_two_values_of_one_day_the_one_written_last_holds_in_any_order() -> None:
    first, second = DatedValue("credit_days", OCTOBER, 1, "3"), DatedValue("credit_days", OCTOBER, 2, "5")
    for dated in ((first, second), (second, first)):
        assert ShopSettings(dated).on(OCTOBER).count("credit_days") == 5


def test_a_later_date_wins_over_a_later_writing() -> None:
    later_date, later_writing = (
        DatedValue("credit_days", OCTOBER, 1, "3"),
        DatedValue("credit_days", date(2024, 9, 1), 2, "5"),
    )
    assert ShopSettings((later_date, later_writing)).on(OCTOBER).count("credit_days") == 3


def test_every_default_is_a_value_that_the_setting_takes() -> None:
    for name, setting in declared_settings().items():
        assert check_setting(name, setting.default) == setting.default


def test_lists_are_parted_by_either_comma() -> None:
    settings = ShopSettings((DatedValue("listed_nicks", OCTOBER, 1, "顺丰， 供应商,,"),))
    assert settings.on(OCTOBER).items("listed_nicks") == ("顺丰", "供应商")


def test_targets_are_those_that_hold_and_empty_takes_one_away() -> None:
    dated = (
        DatedValue("target.reply_share", OCTOBER, 1, "0.95"),
        DatedValue("target.reply_share", date(2024, 11, 1), 2, ""),
    )
    settings = ShopSettings(dated)
    assert settings.targets(OCTOBER) == {"reply_share": "0.95"}
    assert settings.targets(date(2024, 11, 1)) == {}


@pytest.mark.parametrize(
    ("name", "value", "normal"),
    [
        ("filter_monologue", "Yes", "true"),
        ("filter_monologue", "0", "false"),
        ("wait_cap_seconds", " 300 ", "300"),
        ("day_starts_at", "06:00:00", "06:00"),
        ("zone", "Asia/Taipei", "Asia/Taipei"),
        ("wait_from", "last", "last"),
        ("target.reply_share", "0.95", "0.95"),
        ("target.reply_share", "95%", "0.95"),
        ("target.reply_share", "12.5％", "0.125"),
        ("target.reply_share", "100%", "1"),
        ("target.reply_share", " ", ""),
        ("target.reply_rounds", "-3.50", "-3.50"),
    ],
)
def test_a_value_gets_its_normal_form(name: str, value: str, normal: str) -> None:
    assert check_setting(name, value, metrics=METRICS, shares=["reply_share"]) == normal


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("wait_cap_seconds", "-1", "bad_count"),
        ("wait_cap_seconds", "0", "bad_count"),
        ("wait_cap_seconds", "86401", "bad_count"),
        ("wait_cap_seconds", "9" * 5000, "bad_count"),
        ("wait_cap_seconds", "ten", "bad_count"),
        ("credit_days", "61", "bad_count"),
        ("wait_from", "middle", "bad_choice"),
        ("filter_monologue", "maybe", "bad_flag"),
        ("zone", "Asia/Nowhere", "bad_zone"),
        ("zone", "Asia", "bad_zone"),
        ("zone", "../zone", "bad_zone"),
        ("zone", "right/Asia/Shanghai", "bad_zone"),
        ("zone", "", "bad_zone"),
        ("day_starts_at", "25:00", "bad_time"),
        ("day_starts_at", "06:00+08:00", "bad_time"),
        ("target.reply_share", "high", "bad_share"),
        ("target.reply_share", "nan", "bad_share"),
        ("target.reply_share", "1e400", "bad_share"),
        ("target.reply_rounds", "95%", "bad_number"),
    ],
)
def test_a_bad_value_is_refused(name: str, value: str, code: str) -> None:
    assert refused(name, value) == f"settings.{code}"


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("credit_days", "0 到 60 之间的整数。", "a whole number from 0 to 60."),
        ("zone", "时区名，如 Asia/Shanghai。", "the name of a time zone, such as Asia/Shanghai."),
        ("day_starts_at", "HH:MM 的时间，如 06:00。", "a time of day as HH:MM, such as 06:00."),
        ("filter_monologue", "true 或 false。", "true or false."),
        ("wait_from", "first, last。", "one of: first, last."),
        ("target.reply_share", "百分数如 95%；留空表示不设目标。", "such as 95%; empty means no target."),
    ],
)
def test_a_refusal_says_the_form_in_words(name: str, zh: str, en: str) -> None:
    issue = refusal(name, "?")
    assert say(issue, "zh").endswith(zh)
    assert say(issue, "en").endswith(en)


def test_every_count_has_bounds_and_takes_both() -> None:
    for name, setting in declared_settings().items():
        if setting.kind is SettingKind.COUNT:
            assert 0 <= setting.lowest < setting.highest, name
            for bound in (setting.lowest, setting.highest):
                assert check_setting(name, str(bound)) == str(bound)
            for beyond in (setting.lowest - 1, setting.highest + 1):
                assert refused(name, str(beyond)) == "settings.bad_count"


@pytest.mark.parametrize("name", ["wait_cap_second", "target.replies", ""])
def test_an_unknown_name_is_refused(name: str) -> None:
    assert refused(name, "1") == "settings.unknown"
