"""Declared things: read as text, unknown and doubled keys refused with their place, a shop's folder laid over ours."""

from pathlib import Path

import pytest
from pydantic import Field

from xiaoer.base.catalog import Catalog, Declared, Words, load_file
from xiaoer.base.errors import ReportableError
from xiaoer.base.text_yaml import read_yaml


class Part(Declared):
    """A part of a thing, as these tests declare it."""

    amount: str


class Thing(Declared):
    """A thing, as these tests declare it."""

    label: Words
    parts: tuple[Part, ...] = ()
    needed: tuple[Part, ...] = Field(default=(Part(amount="1"),), min_length=1)


def write(folder: Path, text: str, name: str = "things/thing.yaml") -> Path:
    """Write a file of a catalog and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


GOOD = "label: {zh: 甲, en: A}\n"


def test_nothing_becomes_a_flag_a_number_or_a_date(tmp_path: Path) -> None:
    content, issues = read_yaml(write(tmp_path, "a: no\nb: 12:30\nc: 1.10\nd: 2024-09-01\ne: null\nf: 0x10\n"))
    assert content == {"a": "no", "b": "12:30", "c": "1.10", "d": "2024-09-01", "e": "null", "f": "0x10"}
    assert issues == []


def test_a_tag_makes_no_object(tmp_path: Path) -> None:
    content, _ = read_yaml(write(tmp_path, "a: !!python/object/apply:os.getcwd []\n"))
    assert content == {"a": []}


def test_what_an_alias_names_is_read_once_and_stands_in_both_places(tmp_path: Path) -> None:
    content, issues = read_yaml(write(tmp_path, "a: &one [x, {b: y}]\nc: *one\n"))
    assert (content, issues) == ({"a": ["x", {"b": "y"}], "c": ["x", {"b": "y"}]}, [])
    bomb = "a0: &a0 [x]\n" + "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 40))
    content, issues = read_yaml(write(tmp_path, bomb))
    assert isinstance(content, dict) and len(content) == 40 and not issues


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: &b [*b]\n", 2), ("a: 1\n? [x, y]\n: z\n", 2)])
def test_what_stands_in_itself_and_a_key_that_is_no_text_are_named_with_their_line(
    tmp_path: Path, text: str, line: int
) -> None:
    content, issues = read_yaml(write(tmp_path, text))
    assert content is None
    assert [(issue.code, issue.place.line) for issue in issues] == [("catalog.not_yaml", line)]


def test_a_key_written_twice_is_named_with_its_line(tmp_path: Path) -> None:
    _, issues = read_yaml(write(tmp_path, "a:\n  b: 1\n  b: 2\n"))
    assert [(issue.code, issue.place.line, issue.values) for issue in issues] == [
        ("catalog.key_twice", 3, {"key": "b"})
    ]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (GOOD + "lable: x\n", "catalog.unknown_key", "lable"),
        (GOOD + "parts: [{amuont: 1, amount: 2}]\n", "catalog.unknown_key", "parts.0.amuont"),
        ("label: {zh: 甲}\n", "catalog.missing_key", "label.en"),
        ("label: A\n", "catalog.bad_value", "label"),
        (GOOD + "needed: []\n", "catalog.bad_value", "needed"),
        (GOOD + "needed: [{amount: [1]}]\n", "catalog.bad_value", "needed.0.amount"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, code: str, key: str) -> None:
    thing, issues = load_file(write(tmp_path, text), Thing)
    assert thing is None
    assert [(issue.code, issue.values["key"]) for issue in issues] == [(code, key)]


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    _, (issue,) = load_file(write(tmp_path, GOOD + "parts: [{amuont: 1, amount: 2}]\n"), Thing)
    assert issue.values["near"] == "amount"


@pytest.mark.parametrize(
    ("content", "code"), [(b"a: [1\n", "catalog.not_yaml"), (b"a: \xff\xfe\n", "catalog.not_utf8")]
)
def test_a_file_that_is_no_yaml_says_so(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    assert [issue.code for issue in read_yaml(path)[1]] == [code]


def test_all_issues_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "label: A\n", "things/one.yaml")
    write(tmp_path, GOOD + "x: 1\ny: 2\n", "things/sub/two.yaml")
    with pytest.raises(ReportableError) as raised:
        Catalog((tmp_path,)).load("things", Thing)
    assert [issue.code for issue in raised.value.issues] == ["catalog.bad_value"] + ["catalog.unknown_key"] * 2


def test_a_shop_s_file_replaces_ours_of_the_same_name(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write(ours, GOOD, "things/one.yaml")
    write(ours, GOOD, "things/two.yaml")
    write(theirs, "label: {zh: 乙, en: B}\n", "things/two.yaml")
    found = Catalog((ours, theirs)).load("things", Thing)
    assert {name: thing.label.en for name, thing in found.items()} == {"one": "A", "two": "B"}
