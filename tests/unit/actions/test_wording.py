"""Every word that the code asks for is in the catalog with the same blanks in both languages, and none is idle."""

import re

from tests.house.project import ROOT, files_under, text_of
from xiaoer.actions.wording import help_of, word
from xiaoer.base.text_yaml import read_yaml

ASKED = re.compile(r"""\bword\(\s*f?["']([^"']+)["']""")
BLANK = re.compile(r"{(\w+)}")
# Names that are put together or passed on in the code, by their beginning.
MADE = (
    "by_ policy_ sheet_ state_ row_ part_ how_ reason_ metric_ group_ unit_ direction_ maturity_ level_ setting_ "
    "imports_ import_ correction_ status_ immature_ interval_ help_ view_ calls_verdict_ calls_suspect_ weekday_ "
    "against_ difference_ verdict_ compared_ load_ unknown_ traffic_ day_kind_ note_sorted_ buyer_by_ next_ "
    "reconcile_ counts_ serve_ waits_ band_ assists_ inspect_ feed_ learn_ tenure_ shift_"
).split()


def words() -> dict[str, dict[str, str]]:
    content, issues = read_yaml(ROOT / "src/xiaoer/catalog/words.yaml")
    assert not issues
    assert isinstance(content, dict)
    return content  # type: ignore[return-value]  # pairs


def test_what_is_asked_for_is_there() -> None:
    asked = {name for path in files_under("src/xiaoer", ".py") for name in ASKED.findall(text_of(path))}
    known = words()
    whole = {name for name in asked if "{" not in name}
    assert len(whole) > 30
    assert sorted(whole - set(known)) == []
    for name in asked - whole:
        start = name.split("{")[0]
        assert any(known_name.startswith(start) for known_name in known), name
    made = tuple(start for start in {*MADE, *(name.split("{")[0] for name in asked - whole)} if start)
    idle = {name for name in known if name not in whole and not name.startswith(made)}
    assert sorted(idle) == []


def test_both_languages_fill_the_same_blanks() -> None:
    odd = [name for name, pair in words().items() if set(BLANK.findall(pair["zh"])) != set(BLANK.findall(pair["en"]))]
    assert odd == []


def test_a_word_and_a_help() -> None:
    assert word("period", "zh", first="2024-09-01", last="2024-09-02") == "2024-09-01 至 2024-09-02"
    assert help_of("report", "en") == "The performance report."


def test_every_help_is_used_and_every_help_asked_for_is_there() -> None:
    source = "".join(text_of(path) for path in sorted((ROOT / "src/xiaoer/cli").glob("*.py")))
    asked = set(re.findall(r'\b(?:told|group)\("([^"]+)"\)', source))
    content, issues = read_yaml(ROOT / "src/xiaoer/catalog/commands.yaml")
    assert not issues
    assert isinstance(content, dict)
    assert set(content) == asked
