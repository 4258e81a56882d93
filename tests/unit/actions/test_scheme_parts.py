"""A scheme as the parts of a form: what is put together again from them is the version that they were read from."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from xiaoer.actions.appraise_text import faults_of, parts_in, parts_of, text_of
from xiaoer.base.catalog import OUR_CATALOG

WHOM: dict[str, Any] = {"roles": "pre, after", "groups": "早班", "weeks_at_least": "4", "weeks_under": "12.5"}


@pytest.mark.parametrize("name", sorted(path.stem for path in (OUR_CATALOG / "schemes").glob("*.yaml")))
def test_the_parts_of_a_version_are_all_of_it(name: str, tmp_path: Path) -> None:
    version = yaml.load((OUR_CATALOG / "schemes" / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    again = yaml.load(text_of(parts_of(tmp_path, name)), Loader=yaml.BaseLoader)
    said, back = version["versions"][-1], again["versions"][-1]
    assert {"for": {}, "two_people": "false"} | said == {"two_people": "false"} | back


def test_for_whom_it_is_comes_through_whole(tmp_path: Path) -> None:
    parts = replace(parts_of(tmp_path, "six_indicators"), **WHOM)
    text = text_of(parts)
    assert parts_in(text) == parts
    whom = yaml.load(text, Loader=yaml.BaseLoader)["versions"][-1]["for"]
    assert whom == WHOM | {"roles": ["pre", "after"], "groups": ["早班"]}


@pytest.mark.parametrize("field", ["weeks_at_least", "weeks_under"])
def test_a_fault_of_seniority_stands_at_its_field(field: str, tmp_path: Path) -> None:
    wrong: dict[str, Any] = {field: "soon"}
    parts = replace(parts_of(tmp_path, "six_indicators"), **wrong)
    (fault,) = faults_of(tmp_path, "six_2", parts, "en", law="cn")
    assert fault.part == field
