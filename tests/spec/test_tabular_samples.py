"""Golden files of every platform that comes as tables or events: a sample in, exactly these canonical rows out."""

import json
from pathlib import Path

import pytest

from tests.samples.write_tabular import SHOP
from tests.spec.golden_reading import golden_reading

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PLATFORMS = (
    "canonical", "taobao", "jd", "pdd", "douyin", "kuaishou", "xiaohongshu", "queue_log", "chatwoot",
    "collected_reviews", "any_report", "chitu",
)  # fmt: skip
GOLDEN = sorted(path for name in PLATFORMS for path in (SAMPLES / name).glob("*.golden.json"))


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_sample_has_its_golden_file(name: str) -> None:
    samples = {path.name for path in (SAMPLES / name).iterdir() if not path.name.endswith(".golden.json")}
    golden = {path.name.removesuffix(".golden.json") for path in (SAMPLES / name).glob("*.golden.json")}
    assert samples == golden != set()


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gives_its_golden_rows(golden: Path) -> None:
    sample = golden.with_name(golden.name.removesuffix(".golden.json"))

    found = json.loads(json.dumps(golden_reading(sample, shop=SHOP), default=str))

    assert found == json.loads(golden.read_text(encoding="utf-8"))
    assert found["platform"] == golden.parent.name
