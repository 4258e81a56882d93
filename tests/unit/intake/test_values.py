"""Every form of a value that exports write, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from xiaoer.base.days import Clock
from xiaoer.base.tables import Column, Kind, canonical_tables
from xiaoer.intake.values import ValuesRead, read_values
from xiaoer.intake.values.texts import cleaned

SHANGHAI = Clock()
BERLIN = Clock(ZoneInfo("Europe/Berlin"))


def column(name: str, table: str = "orders") -> Column:
    return canonical_tables()[table].column(name)


VALUE, PLACES = column("value", "reported_figures"), column("places", "reported_figures")


def read(texts: list[str | None], like: Column, clock: Clock = SHANGHAI) -> ValuesRead:
    return read_values(pa.array(texts, pa.string()), like, clock=clock)


def codes(found: ValuesRead) -> dict[int, str]:
    return {row: problem.code for row, problem in found.problems.items()}


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2024-09-01 10:00:00", "2024-09-01T10:00:00"),
        ("2024-09-01T10:00:00", "2024-09-01T10:00:00"),
        ("2024-09-01 10:00", "2024-09-01T10:00:00"),
        ("2024-9-1 9:05", "2024-09-01T09:05:00"),
        ("2024/9/1 10:00", "2024-09-01T10:00:00"),
        ("2024/09/01 10:00:59", "2024-09-01T10:00:59"),
        ("2024.09.01 10:00", "2024-09-01T10:00:00"),
        ("2026年06月07日 12:39:34", "2026-06-07T12:39:34"),
        ("2011年1月7日10:10:15", "2011-01-07T10:10:15"),
        ("2011年1月7日 10时10分15秒", "2011-01-07T10:10:15"),
        ("2024/9/1 下午 3:05:06", "2024-09-01T15:05:06"),
        ("2024/9/1 上午12:05", "2024-09-01T00:05:00"),
        ("9/1/2024 3:05:06PM", "2024-09-01T15:05:06"),
        ("20260417", "2026-04-17T00:00:00"),
        ("20260417 08:09:10", "2026-04-17T08:09:10"),
        ("20260417080910", "2026-04-17T08:09:10"),
        ("04-17-26", "2026-04-17T00:00:00"),
        ("6/7/26", "2026-06-07T00:00:00"),
        ("45536.5", "2024-09-01T12:00:00"),
        ("45536", "2024-09-01T00:00:00"),
        ("2024-09-01", "2024-09-01T00:00:00"),
        ("\t2024-09-01 10:00:00 ", "2024-09-01T10:00:00"),
        ("2018-05-05 10:10:07.999996", "2018-05-05T10:10:08"),
        ("2018-05-05 10:10:08.000004", "2018-05-05T10:10:08"),
        ("2018-05-05 10:10:07.5", "2018-05-05T10:10:07.500000"),
        ("2018-05-05 10:10:07.123456", "2018-05-05T10:10:07.123456"),
        ("2018-05-05 10:10:07.999", "2018-05-05T10:10:07.999000"),
    ],
)
def test_a_local_time_is_read_in_the_shops_zone(text: str, local: str) -> None:
    wanted = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI.zone).astimezone(UTC).replace(tzinfo=None)
    columns: list[list[str | None]] = [[text], [text, "2024-09-01 10:00:00", None], [text, "nonsense"]]
    for texts in columns:
        assert read(texts, column("paid_at")).values[0].as_py() == wanted


@pytest.mark.parametrize("text", ["2024-09-01T02:00:00Z", "2024-09-01T10:00:00+08:00", "2024-09-01 10:00:00+0800"])
def test_an_offset_wins_over_the_shops_zone(text: str) -> None:
    assert read([text], column("paid_at"), BERLIN).values[0].as_py() == datetime.fromisoformat("2024-09-01T02:00:00")


def test_times_that_summer_time_skips_or_repeats_are_read_the_same_way_always() -> None:
    texts: list[str | None] = ["2024-03-31 02:30:00", "2024-10-27 02:30:00", "2024-06-01 12:00:00"]
    found = [value.isoformat() for value in read(texts, column("paid_at"), BERLIN).values.to_pylist()]
    assert found == ["2024-03-31T01:30:00", "2024-10-27T00:30:00", "2024-06-01T10:00:00"]
    single = [read([text], column("paid_at"), BERLIN).values[0].as_py().isoformat() for text in texts]
    assert single == found


@pytest.mark.parametrize("day", ["2024-03-30", "2024-10-26"])
def test_many_local_times_around_the_setting_of_clocks_are_read_as_each_alone(day: str) -> None:
    start = datetime.fromisoformat(day)
    moments = [start + timedelta(seconds=173 * number) for number in range(1_000)]
    wanted = [one.replace(tzinfo=BERLIN.zone).astimezone(UTC).replace(tzinfo=None) for one in moments]
    assert read([str(one) for one in moments], column("paid_at"), BERLIN).values.to_pylist() == wanted
    after = [one for one in moments if one.day > start.day + 1 or one.hour > 3]  # all of them are on some clock
    wanted = [one.replace(tzinfo=BERLIN.zone).astimezone(UTC).replace(tzinfo=None) for one in after]
    assert read([str(one) for one in after], column("paid_at"), BERLIN).values.to_pylist() == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1900-01-01 00:00:00", "intake.time_out_of_range"),
        ("9999-12-31 23:59:59", "intake.time_out_of_range"),
        ("1970-01-01 08:00:00", "intake.time_out_of_range"),
        ("2024-02-30 10:00:00", "intake.not_a_time"),
        ("2024-13-01", "intake.not_a_time"),
        ("昨天", "intake.not_a_time"),
        ("2024/9/1 下午 15:05", "intake.not_a_time"),
        ("10:00:00", "intake.not_a_time"),
    ],
)
def test_what_is_no_time_is_refused_with_its_neighbours_kept(text: str, code: str) -> None:
    found = read(["2024-09-01 10:00:00", text], column("paid_at"))
    assert codes(found) == {1: code}
    assert found.values.to_pylist() == [datetime.fromisoformat("2024-09-01T02:00:00"), None]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ('="1234567890123456789"', "1234567890123456789"),
        ("\t1234567890123456789", "1234567890123456789"),
        ("'1234567890123456789", "1234567890123456789"),
        ("1234567890123456789", "1234567890123456789"),
        ("00123", "00123"),
        ("9007199254740992.0", "9007199254740992"),
        ("17-ab_3", "17-ab_3"),
    ],
)
def test_an_id_is_kept_digit_by_digit(text: str, id_: str) -> None:
    assert read([text, "1"], column("order_id")).values.to_pylist() == [id_, "1"]


@pytest.mark.parametrize("text", ["1.23457E+18", "1.23457e18", "1E+18", "9007199254740994.0", "####", "#N/A"])
def test_a_damaged_id_is_refused(text: str) -> None:
    found = read(["1", text], column("order_id"))
    assert codes(found) == {1: "intake.damaged_id"}
    assert found.values.to_pylist() == ["1", None]


def test_nothing_is_null_except_in_what_people_wrote() -> None:
    assert read(["", "-", "--", " ", None], column("buyer")).values.null_count == 5
    assert read(["-", "", " 好 "], column("text", "messages")).values.to_pylist() == ["-", None, " 好 "]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("58.68", "58.68"),
        ("58.680000000000001", "58.68"),
        ("¥1,234.50", "1234.5"),
        ("12元", "12"),
        ("0", "0"),
        ("1.2345", "1.2345"),
    ],
)
def test_money_is_exact(text: str, yuan: str) -> None:
    assert read([text, "1.10"], column("amount_paid")).values.to_pylist() == [Decimal(yuan), Decimal("1.10")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-0.01", "intake.negative"),
        ("1.23456", "intake.not_money"),
        ("abc", "intake.not_money"),
        ("1e99", "intake.not_money"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, code: str) -> None:
    assert codes(read(["1", text], column("amount_paid"))) == {1: code}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7小时41分52秒", 27712.0),
        ("11秒", 11.0),
        ("2分30秒", 150.0),
        ("1小时", 3600.0),
        ("1天2小时", 93600.0),
        ("75.5", 75.5),
        ("01:02:03", 3723.0),
    ],
)
def test_durations_are_seconds(text: str, seconds: float) -> None:
    assert read([text, "5"], column("wrap_up_seconds", "calls")).values.to_pylist() == [seconds, 5.0]


def test_counts_scores_flags_choices_days_and_numbers() -> None:
    assert read(["3", "3.0", "1,234", "2件", ""], column("item_count")).values.to_pylist() == [3, 3, 1234, 2, None]
    assert codes(read(["2.5", "-1", "多"], column("item_count"))) == {
        0: "intake.not_a_count",
        1: "intake.negative",
        2: "intake.not_a_count",
    }
    assert read(["5", "4.9分", "1星"], column("service_score", "reviews")).values.to_pylist() == [5.0, 4.9, 1.0]
    assert codes(read(["0", "6"], column("service_score", "reviews"))) == {
        0: "intake.not_a_score",
        1: "intake.not_a_score",
    }
    assert read(["是", "否", "TRUE", "0", None], column("upheld", "complaints")).values.to_pylist() == [
        True,
        False,
        True,
        False,
        None,
    ]
    assert codes(read(["也许"], column("upheld", "complaints"))) == {0: "intake.not_a_flag"}
    assert read(["Buyer", "agent"], column("sender", "messages")).values.to_pylist() == ["buyer", "agent"]
    assert codes(read(["somebody"], column("sender", "messages"))) == {0: "intake.not_a_choice"}
    assert read(["2024-09-01", "2024/9/1"], column("hired_on", "agents")).values.to_pylist() == [date(2024, 9, 1)] * 2
    assert read(["98.5%", "0.5"], column("weight", "agents")).values.to_pylist() == [0.985, 0.5]


def test_a_missing_value_has_the_columns_default() -> None:
    assert read(["", "image"], column("kind", "messages")).values.to_pylist() == ["text", "image"]
    assert read([None, "true"], column("auto", "messages")).values.to_pylist() == [False, True]


def test_typed_times_of_parquet_are_read_too() -> None:
    moment = datetime.fromisoformat("2024-09-01T10:00:00")
    naive = read_values(pa.array([moment], pa.timestamp("ns")), column("paid_at"), clock=SHANGHAI)
    aware = read_values(pa.array([moment], pa.timestamp("ms", "UTC")), column("paid_at"), clock=SHANGHAI)
    assert naive.values[0].as_py() == datetime.fromisoformat("2024-09-01T02:00:00")
    assert aware.values[0].as_py() == moment


@pytest.mark.parametrize(
    ("text", "name", "table"),
    [
        ("客户", "sender", "messages"),
        ("-100", "amount_paid", "orders"),
        ("-2", "item_count", "orders"),
        ("1900-01-01", "paid_at", "orders"),
        ("1900-01-01 10:00", "paid_at", "orders"),
        ("9999-12-31 23:59:59", "paid_at", "orders"),
        ("1.23457E+18", "order_id", "orders"),
        ("#N/A", "order_id", "orders"),
        ("也许", "is_deposit", "orders"),
    ],
)
def test_problems_show_what_can_be_no_customer_s(text: str, name: str, table: str) -> None:
    (problem,) = read([text], column(name, table)).problems.values()
    assert problem.values["found"] == text


def test_a_typed_time_out_of_range_is_shown() -> None:
    early = pa.array([datetime.fromisoformat("1900-01-01T10:00:00")], pa.timestamp("us"))
    (problem,) = read_values(early, column("paid_at"), clock=SHANGHAI).problems.values()
    assert problem.values["found"] == "1900-01-01 10:00:00"


def test_problems_show_shapes_not_words() -> None:
    found = read(["张三说明天"], column("paid_at"))
    assert dict(found.problems[0].values) == {"found": "汉汉汉汉汉"}


def test_every_kind_is_read() -> None:
    kinds = {column.kind for table in canonical_tables().values() for column in table.columns}
    for kind in kinds | set(Kind):
        like = next(
            (column for table in canonical_tables().values() for column in table.columns if column.kind is kind), None
        )
        assert like is None or read([None], like).values.type == like.arrow_type


def test_long_ids_cut_to_fifteen_digits_by_a_spreadsheet_are_refused() -> None:
    cut: list[str | None] = [f"19876543210{number}7000"[:15] + "0000" for number in (1234, 5671, 8912)]
    assert codes(read([*cut, "88"], column("order_id"))) == dict.fromkeys(range(3), "intake.damaged_id")
    assert not read([*cut, "1987654321012345678"], column("order_id")).problems
    assert not read(["1725170005000000", "1725170006000000", "1725170007000000"] * 4, column("order_id")).problems
    assert not read(["1900000000000010000"], column("order_id")).problems


def test_exact_numbers_stay_exact_and_may_be_below_zero() -> None:
    exact = read(["99.7%", "0.1", "-1,234.5", "12345678901.23456789", "1.2.3", "1e15", None], VALUE)
    assert exact.values.to_pylist() == [
        *map(Decimal, ("0.997", "0.1", "-1234.5", "12345678901.23456789")), None, None, None,
    ]  # fmt: skip
    assert codes(exact) == dict.fromkeys((4, 5), "intake.not_a_number")


def test_whole_numbers_may_be_below_zero() -> None:
    whole = read(["-2", "3", "3.0", "2.5", "zwei"], PLACES)
    assert whole.values.to_pylist() == [-2, 3, 3, None, None]
    assert codes(whole) == dict.fromkeys((3, 4), "intake.not_a_whole")


def test_every_blank_is_taken_off_either_end_of_a_name() -> None:
    blanks = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    for blank in blanks:
        texts: list[str | None] = [f"{blank}小明", "小红", None]
        assert read(texts, column("buyer")).values.to_pylist() == ["小明", "小红", None]
        assert read([f"小明{blank}", "小红"], column("buyer")).values.to_pylist() == ["小明", "小红"]


@pytest.mark.parametrize(
    "cells", list(combinations(["在的", " a", "a\u3000", "-", "——", "", None, '="12"', '=" "', " - ", "—a"], 3))
)
def test_cells_are_cleaned_alike_whatever_stands_beside_them(cells: tuple[str | None, ...]) -> None:
    alone = [cleaned(pa.array([cell], pa.string()))[0].as_py() for cell in cells]
    assert alone == [_cleaned(cell) for cell in cells]
    assert cleaned(pa.array(cells, pa.string())).to_pylist() == alone
    assert cleaned(pa.array(["x", *cells, "y"], pa.string()).slice(1, 3)).to_pylist() == alone
    emptied = pc.if_else(pa.array([True, False, False]), None, pa.array(cells, pa.string()))
    assert cleaned(emptied).to_pylist() == [None, *alone[1:]]


def _cleaned(cell: str | None) -> str | None:
    bare = (cell or "").strip()
    if bare.startswith('="') and bare.endswith('"'):
        bare = bare[2:-1].strip()
    return None if bare in ("", "-", "--", "—", "——") else bare
