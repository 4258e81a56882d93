"""The YAML that the how-to pages show is a metric, a platform, a view and a standard that the program takes."""

import re
from pathlib import Path

import pytest

from tests.house.project import ROOT, text_of
from xiaoer.actions.check_catalog import check_catalog
from xiaoer.appraisal.scheme import SchemeFile
from xiaoer.base.catalog import load_file
from xiaoer.intake.platform import Platform
from xiaoer.metrics import View
from xiaoer.metrics.metric import Metric

BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)


Model = type[Metric] | type[Platform] | type[View] | type[SchemeFile]


@pytest.mark.parametrize(
    ("page", "model"),
    [("add-a-metric", Metric), ("add-a-platform", Platform), ("views-and-sets", View), ("add-a-scheme", SchemeFile)],
)
def test_the_shown_yaml_loads(tmp_path: Path, page: str, model: Model) -> None:
    blocks = BLOCK.findall(text_of(ROOT / f"docs/howto/{page}.zh.md"))
    assert blocks
    for block in blocks:
        file = tmp_path / "shown.yaml"
        file.write_text(block, encoding="utf-8")
        thing, issues = load_file(file, model)
        assert thing is not None, issues
        file.write_text(block.replace("label:", "lable:", 1), encoding="utf-8")
        assert [issue.code for issue in load_file(file, model)[1]] == ["catalog.missing_key", "catalog.unknown_key"]


def test_the_shown_inspection_item_finds_what_it_says(tmp_path: Path) -> None:
    (block,) = BLOCK.findall(text_of(ROOT / "docs/howto/add-an-inspection-item.zh.md"))
    (tmp_path / "standards").mkdir()
    file = tmp_path / "standards" / "own.yaml"
    file.write_text(block, encoding="utf-8")
    assert check_catalog(tmp_path).issues == ()
    file.write_text(block.replace("said:", "sayd:").replace("客：下次给您便宜", "客：没有"), encoding="utf-8")
    assert {issue.code for issue in check_catalog(tmp_path).issues} == {"catalog.unknown_key"}
    file.write_text(block.replace("客：下次给您便宜", "客：没有"), encoding="utf-8")
    assert [issue.code for issue in check_catalog(tmp_path).issues] == ["inspect.example_wrong"]
