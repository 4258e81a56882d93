"""Whatever a setting accepts, reports can be made with."""

import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.busy_shop import BUSY
from tests.generative.engine import engine_reports
from tests.reference.shop import Row, Shop
from tests.reference.talk import june
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.setting import Setting, SettingKind
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings, check_setting, declared_settings

METRICS = ("average_response_seconds", "service_dsr", "refund_share", "reply_share")
JUNE = Period(june(9), june(13))
ODD_TEXTS = ("'", '"', "%", "_", "\\", "\0", ",,，", ".*(", "{}", "@", " ", "服务助手", "amy", "👍", "-- ;", "$1")
ODD_COUNTS = ("-1", "+1", "007", "1e3", "9" * 30, "１２", "1.0", "1_0", "−5", "100000000000")
ZONES = sorted(zoneinfo.available_timezones())


def values_of(setting: Setting) -> st.SearchStrategy[str]:
    """Draw texts that someone could write for a setting: its bounds, what is beyond them, odd ones."""
    texts = st.one_of(st.text(max_size=8), st.sampled_from(ODD_TEXTS))
    match setting.kind:
        case SettingKind.COUNT:
            bounds = (setting.lowest, setting.highest, setting.lowest - 1, setting.highest + 1)
            near = st.one_of(st.sampled_from(bounds), st.integers(-5, 10**12)).map(str)
            return st.one_of(st.sampled_from(bounds[:2]).map(str), near, st.sampled_from(ODD_COUNTS))
        case SettingKind.ZONE:
            return st.one_of(st.sampled_from(ZONES), st.sampled_from(("Asia", "localtime", "posix/Asia/Shanghai", "")))
        case SettingKind.TIME_OF_DAY:
            return st.one_of(st.times().map(str), st.sampled_from(("23:59", "24:00", "4:00", "04:00+08:00", "T04")))
        case SettingKind.CHOICE:
            return st.one_of(st.sampled_from(setting.choices), texts)
        case SettingKind.FLAG:
            return st.one_of(st.sampled_from(("true", "No", "1", "0")), texts)
        case _:
            return texts


def accepted(name: str, value: str) -> str | None:
    """Return the value in its normal form; None when it is refused."""
    try:
        return check_setting(name, value)
    except ReportableError:
        return None


WRITTEN = st.fixed_dictionaries({name: values_of(setting) for name, setting in declared_settings().items()})


@settings(max_examples=8)
@given(written=WRITTEN)
def test_any_accepted_value_gives_a_report(written: dict[str, str]) -> None:
    values = {name: normal for name, text in written.items() if (normal := accepted(name, text)) is not None}
    assert reported(values) != []


@pytest.mark.parametrize("bound", ["lowest", "highest"])
def test_all_counts_at_a_bound_give_a_report(bound: str) -> None:
    counts = [setting for setting in declared_settings().values() if setting.kind is SettingKind.COUNT]
    assert reported({setting.name: str(getattr(setting, bound)) for setting in counts}) != []


def reported(values: dict[str, str]) -> list[Row]:
    """Return the rows by shop of a report under these settings; an exception is what these tests look for."""
    dated = tuple(DatedValue(name, THE_FIRST_DAY, seq, value) for seq, (name, value) in enumerate(values.items()))
    shop = Shop(tables=BUSY.tables, settings=ShopSettings(dated))
    return engine_reports(shop, period=JUNE, bys=[("shop",)], policy="order_first", metrics=METRICS)[("shop",)]
