"""What the environment chooses: the data folder and the language."""

from pathlib import Path

import pytest

from xiaoer.base.environment import read_environment, read_spark_master
from xiaoer.base.errors import ReportableError


def test_without_variables_there_is_a_default_for_each() -> None:
    chosen = read_environment({})
    assert chosen.home == Path.home() / ".xiaoer"
    assert chosen.language == "zh"


def test_an_empty_variable_counts_as_unset() -> None:
    assert read_environment({"XIAOER_HOME": " ", "XIAOER_LANG": ""}) == read_environment({})


def test_a_folder_may_be_there_or_not_yet(tmp_path: Path) -> None:
    assert read_environment({"XIAOER_HOME": str(tmp_path)}).home == tmp_path
    assert read_environment({"XIAOER_HOME": str(tmp_path / "new")}).home == tmp_path / "new"
    assert read_environment({"XIAOER_HOME": "~/shop"}).home == Path.home() / "shop"


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("", encoding="utf-8")
    with pytest.raises(ReportableError) as raised:
        read_environment({"XIAOER_HOME": str(file)})
    assert [issue.code for issue in raised.value.issues] == ["environment.home_is_a_file"]


@pytest.mark.parametrize(("value", "language"), [("en", "en"), ("EN_US.UTF-8", "en"), ("zh-CN", "zh"), (" zh ", "zh")])
def test_a_language_may_be_spelled_as_systems_do(value: str, language: str) -> None:
    assert read_environment({"XIAOER_LANG": value}).language == language


@pytest.mark.parametrize("value", ["fr", "chinese", "1"])
def test_another_language_stops_with_a_hint(value: str) -> None:
    with pytest.raises(ReportableError) as raised:
        read_environment({"XIAOER_LANG": value})
    (issue,) = raised.value.issues
    assert issue.code == "environment.unknown_language"
    assert issue.values == {"name": "XIAOER_LANG", "found": value}


@pytest.mark.parametrize(
    "master",
    ["local[*]", "local", "local[4]", "local-cluster[2,1,1024]", "yarn", "spark://host:7077", "k8s://https://h"],
)
def test_a_spark_master_has_one_of_spark_s_forms(master: str) -> None:
    assert read_spark_master({"XIAOER_SPARK": f" {master} "}) == master
    assert read_spark_master({}) == "local[*]"


@pytest.mark.parametrize("master", ["host:7077", "http://host", "spark://", "local[two]"])
def test_what_spark_would_not_take_stops_with_a_hint(master: str) -> None:
    with pytest.raises(ReportableError) as raised:
        read_spark_master({"XIAOER_SPARK": master})
    assert [issue.code for issue in raised.value.issues] == ["environment.bad_spark_master"]
