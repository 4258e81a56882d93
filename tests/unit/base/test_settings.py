"""Dated settings: which value holds on a day, and what a value may be."""

from datetime import date

import pytest

from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import DatedValue, ShopSettings, check_setting, declared_settings

OCTOBER = date(2024, 10, 1)


def refused(name: str, value: str) -> str:
    """Return the code with which a value is refused."""
    with pytest.raises(ReportableError) as raised:
        check_setting(name, value, metrics=["reply_share"])
    (issue,) = raised.value.issues
    return issue.code


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
    ],
)
def test_a_value_gets_its_normal_form(name: str, value: str, normal: str) -> None:
    assert check_setting(name, value, metrics=["reply_share"]) == normal


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("wait_cap_seconds", "-1"),
        ("wait_cap_seconds", "ten"),
        ("wait_from", "middle"),
        ("filter_monologue", "maybe"),
        ("zone", "Asia/Nowhere"),
        ("day_starts_at", "25:00"),
        ("target.reply_share", "high"),
        ("target.reply_share", "nan"),
    ],
)
def test_a_bad_value_is_refused(name: str, value: str) -> None:
    assert refused(name, value) == "settings.bad_value"


@pytest.mark.parametrize("name", ["wait_cap_second", "target.replies", ""])
def test_an_unknown_name_is_refused(name: str) -> None:
    assert refused(name, "1") == "settings.unknown"
