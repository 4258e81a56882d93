"""Golden files of chats, calls and the platform's answers: a sample in, exactly these canonical rows out."""

import json
from pathlib import Path

import pytest

from tests.spec.golden_reading import golden_reading

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PLATFORMS = (
    "qianniu", "wangwang", "qianniu_userscript", "sycm", "top_chatlog", "dialogue_jsonl", "bank_calls", "top_presence",
    "top_ratings", "top_trades",
)  # fmt: skip
GOLDEN = sorted(path for name in PLATFORMS for path in (SAMPLES / name).glob("*.golden.json"))


def test_every_sample_has_its_golden_file() -> None:
    for name in PLATFORMS:
        samples = {path.name for path in (SAMPLES / name).iterdir() if not path.name.endswith(".golden.json")}
        golden = {path.name.removesuffix(".golden.json") for path in (SAMPLES / name).glob("*.golden.json")}
        assert samples == golden != set(), name


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gives_its_golden_rows(golden: Path) -> None:
    sample = golden.with_name(golden.name.removesuffix(".golden.json"))

    found = golden_reading(sample, shop="向阳小铺")

    assert found == json.loads(golden.read_text(encoding="utf-8"))
    assert found["platform"] == golden.parent.name
