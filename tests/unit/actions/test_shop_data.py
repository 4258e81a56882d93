"""Names and days of the shops that a question is about."""

from datetime import date

import pytest

from xiaoer.actions.shop_data import account_named, in_zone, runs_of
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import DatedValue, ShopSettings

ACCOUNTS = ["晨光店:小艾", "晨光店:小林", "晚霞店:小林"]


def test_an_account_by_its_whole_name_or_its_end() -> None:
    assert account_named("晨光店:小林", ACCOUNTS) == "晨光店:小林"
    assert account_named("小艾", ACCOUNTS) == "晨光店:小艾"


def test_an_account_by_the_name_of_its_person() -> None:
    names = {"晨光店:小艾": "李静", "晚霞店:小林": "小林"}
    assert account_named("李静", ACCOUNTS, names) == "晨光店:小艾"
    with pytest.raises(ReportableError) as refused:
        account_named("李静", ACCOUNTS, names | {"晨光店:小林": "李静"})
    assert refused.value.issues[0].values["near"] == "晨光店:小艾, 晨光店:小林"


def test_a_name_that_two_accounts_share_or_nobody_has_names_those_meant() -> None:
    for name, near in (("小林", {"晨光店:小林", "晚霞店:小林"}), ("小爱", {"小艾", "小林"}), ("x", set(ACCOUNTS))):
        with pytest.raises(ReportableError) as refused:
            account_named(name, ACCOUNTS)
        assert set(str(refused.value.issues[0].values["near"]).split(", ")) == near


def test_days_become_runs() -> None:
    days = {date(2024, 9, day) for day in (1, 2, 3, 7, 9, 10)}
    assert runs_of(days) == [
        Period(date(2024, 9, 1), date(2024, 9, 3)),
        Period(date(2024, 9, 7), date(2024, 9, 7)),
        Period(date(2024, 9, 9), date(2024, 9, 10)),
    ]
    assert runs_of(set()) == []


def test_an_instant_is_shown_on_the_shop_s_clock() -> None:
    shanghai, utc = ShopSettings(), ShopSettings((DatedValue("zone", date(1970, 1, 1), 1, "UTC"),))
    assert str(in_zone(1_725_244_200_000_000, shanghai)) == "2024-09-02 10:30:00+08:00"
    assert str(in_zone(1_725_244_200_000_000, utc)) == "2024-09-02 02:30:00+00:00"
    assert in_zone(None, utc) is None
