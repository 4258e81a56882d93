"""Samples of the other platforms are known by themselves; their golden rows are tried with all tabular ones."""

from datetime import date
from pathlib import Path

import pytest

from tests.samples.write_tabular import SHOP
from tests.spec.golden_reading import golden_reading
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.intake import ReadOptions, read_file

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PLATFORMS = (
    "jd", "pdd", "douyin", "kuaishou", "xiaohongshu", "queue_log", "chatwoot", "collected_reviews", "any_report",
    "chitu",
)  # fmt: skip
SOME_DAYS = Period(date(2024, 9, 1), date(2024, 9, 30))  # for reports whose days stood in the name
GOLDEN = sorted(path for name in PLATFORMS for path in (SAMPLES / name).glob("*.golden.json"))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_is_known_without_its_name(golden: Path, tmp_path: Path) -> None:
    sample = golden.with_name(golden.name.removesuffix(".golden.json"))
    plain = tmp_path / f"export{sample.suffix}"
    plain.write_bytes(sample.read_bytes())
    assert golden_reading(plain, shop=SHOP, period=SOME_DAYS)["platform"] == golden.parent.name


def test_a_douyin_file_that_lacks_its_amounts_is_no_taobao_file(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("主订单编号,子订单编号,选购商品,订单提交时间\n1,11,示例茶,2024-05-06 09:00:00\n", encoding="utf-8")
    with pytest.raises(ReportableError) as refusal:
        read_file(path, ReadOptions(SHOP))
    (issue,) = refusal.value.issues
    assert (issue.code, issue.values["platform"], issue.values["missing"]) == (
        "intake.nearest_form",
        "douyin",
        "订单应付金额",
    )
