"""A scheme's blocks as rows of a form: every scheme of the catalog comes through whole."""

from pathlib import Path

import pytest
import yaml

from xiaoer.actions.appraise_text import BLOCKS, parts_of
from xiaoer.actions.scheme_fields import FormWords, scheme_fields
from xiaoer.actions.scheme_rows import Row, rows_of, text_of_rows
from xiaoer.appraisal.steps import STEPS
from xiaoer.base.catalog import OUR_CATALOG, Catalog


@pytest.mark.parametrize("name", sorted(path.stem for path in (OUR_CATALOG / "schemes").glob("*.yaml")))
def test_what_the_form_shows_of_a_scheme_is_the_whole_scheme(name: str, tmp_path: Path) -> None:
    parts, fields = parts_of(tmp_path, name), scheme_fields(tmp_path, "en")
    for block in BLOCKS:
        text = getattr(parts, block)
        again = text_of_rows(block, rows_of(block, text, fields), fields)
        read, back = (yaml.load(one, Loader=yaml.BaseLoader) for one in (text, again))
        assert back == read
        assert len(again.splitlines()) == len(read or ())


def test_what_is_left_empty_is_left_out(tmp_path: Path) -> None:
    fields = scheme_fields(tmp_path, "zh")
    row: Row = {
        "kind": "bands", "name": " graded ", "label.zh": "等级", "label.en": "", "of": "x", "otherwise": "0",
        "bands": [{"edge.sign": "over", "edge": "90", "gives": "2", "grade": ""}, {"edge.sign": "at_least"}],
        "round.to": "", "round.how": "up",
    }  # fmt: skip
    text = text_of_rows("steps", [row], fields)
    assert yaml.load(text, Loader=yaml.BaseLoader) == [
        {"name": "graded", "kind": "bands", "label": {"zh": "等级", "en": ""}, "of": "x",
         "bands": [{"over": "90", "gives": "2"}], "otherwise": "0"}
    ]  # fmt: skip


def test_texts_stay_what_they_are(tmp_path: Path) -> None:
    fields = scheme_fields(tmp_path, "zh")
    for said in ("1: {a}", "no", "- x", "'", '"', "# y", "甲：乙", "%", "50%"):
        row: Row = {"name": "n", "label.zh": said, "label.en": "x", "value": "1"}
        text = text_of_rows("parameters", [row], fields)
        assert len(text.splitlines()) == 1
        assert rows_of("parameters", text, fields)[0]["label.zh"] == said


def test_everything_in_the_form_has_its_words() -> None:
    words = Catalog().load_one("scheme_form.yaml", FormWords)
    assert words.kinds.keys() == STEPS.keys()


def test_a_row_stays_on_its_line(tmp_path: Path) -> None:
    fields = scheme_fields(tmp_path, "zh")
    long = "很长" * 900
    row: Row = {"name": "n\nm", "label.zh": f"a\r\n\tb {long}", "label.en": "x\u2028y\x00", "value": "1"}
    text = text_of_rows("parameters", [row, row], fields)
    assert text.count("\n") == 1
    assert rows_of("parameters", text.split("\n")[0], fields)[0]["label.zh"] == f"a b {long}"
