"""Every message code that the program uses has a text, every text is used, both languages fill the same blanks."""

import ast
import re

from tests.house.project import CATALOG, files_under, text_of
from xiaoer.base.language import messages

ROOMS = sorted(path.stem for path in (CATALOG / "messages").glob("*.yaml"))
CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")
MAKERS = ("Issue", "ReportableError.of", "of")
# What pages say of figures: the notes of reports, all of planning, what is missing of pay.
ON_PAGES = (
    "planning.", "period.", "appraisal.unknown_values", "cli.filtered_contacts", "cli.unmatched_orders",
    "cli.no_order_matched", "cli.buyers_found", "cli.no_agents_then", "cli.columns_left_out", "cli.no_data_then",
    "correction.in_force",
)  # fmt: skip
OPTION = re.compile(r"(?<![\w-])--[a-z]|plan override|catalog/|\bxiaoer ")
# Said of options and tables that only a command takes.
AT_THE_COMMAND_LINE = frozenset({
    "planning.tried_days", "planning.one_interval", "planning.hours", "planning.nobody_then",
})  # fmt: skip
BLANK = re.compile(r"{(\w+)}")


def codes_in(source: str, rooms: list[str]) -> set[str]:
    """Return the codes in a source: first arguments of an Issue or error, and texts that look like a room's code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS and node.args:
            first = node.args[0]
            found |= {first.value} if isinstance(first, ast.Constant) and isinstance(first.value, str) else set()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            room, _, name = node.value.partition(".")
            found |= {node.value} if room in rooms and name not in ("yaml", "csv", "py", "md") else set()
    return found


def test_codes_are_seen_wherever_they_are_written() -> None:
    source = (
        'Issue("day.bad")\nraise ReportableError.of("new.thing")\nCODES = {1: "day.worse"}\nopen("day.yaml")\nx = "a.b"'
    )
    assert codes_in(source, ["day"]) == {"day.bad", "new.thing", "day.worse"}


def test_the_project() -> None:
    used = {code for path in files_under("src", ".py") for code in codes_in(text_of(path), ROOMS)}
    declared = set(messages())
    assert sorted(used - declared) == [], "used, but without a text in catalog/messages"
    assert sorted(declared - used) == [], "a text that nobody says"


def test_both_languages_fill_the_same_blanks() -> None:
    pairs = {code: (message.zh, message.en) for code, message in messages().items()}
    blanks = {
        code: tuple(sorted(BLANK.findall(said.reason + said.near + said.next + said.page)) for said in pair)
        for code, pair in pairs.items()
    }
    assert [code for code, (zh, en) in blanks.items() if set(zh) != set(en)] == []


def test_what_pages_of_planning_and_pay_say_names_no_option() -> None:
    said = {code: (one.zh, one.en) for code, one in messages().items() if code.startswith(ON_PAGES)}
    named = {code for code, pair in said.items() if any(OPTION.search(one.page or one.next) for one in pair)}
    assert sorted(named - AT_THE_COMMAND_LINE) == []
    assert [code for code, (zh, en) in said.items() if bool(zh.page) != bool(en.page)] == []
