"""A scheme as a form writes it: its parts as texts, put together as one file, checked whole, put in force by date."""

import re
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import yaml

from xiaoer.actions.render.deliver import write_whole
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.example import results_of, run_example
from xiaoer.appraisal.law import law_issues, law_of
from xiaoer.appraisal.load import FOLDER, load_schemes, read_scheme, read_with_faults
from xiaoer.appraisal.scheme import Example, Input, Scheme, SchemeVersion
from xiaoer.base.catalog import Words
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place
from xiaoer.base.language import Language
from xiaoer.metrics import Metric, Unit
from xiaoer.store.home import Home

BLOCKS = ("parameters", "inputs", "steps", "lines")
WEEKS = ("weeks_at_least", "weeks_under")  # how long somebody must have been here, and not yet
NAME = re.compile(r"^[a-z][a-z0-9_]{1,47}$")
WHO = "甲"
_NO_EXAMPLE = "  - {title: {zh: 例, en: Example}, people: agent, results: agent}\n"
NO_EXAMPLES = f"examples:\n{_NO_EXAMPLE}{_NO_EXAMPLE}"  # until it is in force


@dataclass(frozen=True)
class SchemeParts:
    """The parts of a scheme, all as text; of a scheme with several versions those of the last one."""

    label_zh: str = ""
    label_en: str = ""
    why_zh: str = ""
    why_en: str = ""
    first: str = ""
    roles: str = ""
    groups: str = ""
    weeks_at_least: str = ""
    weeks_under: str = ""
    two_people: bool = True
    parameters: str = ""
    inputs: str = ""
    steps: str = ""
    lines: str = ""
    score: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong: the part it is in (empty for the whole), the line within that part, and what is said of it."""

    part: str
    line: int | None
    issue: Issue


def parts_of(home: Path, name: str) -> SchemeParts:
    """Return the parts of a scheme of the catalog; a ReportableError where there is none of this name."""
    files = catalog_of(home).files(FOLDER)
    if name not in files:
        raise ReportableError.of("appraisal.unknown_scheme", values={"name": name[:40], "near": ", ".join(files)})
    return parts_in(files[name].read_text(encoding="utf-8"))


def parts_in(text: str) -> SchemeParts:
    """Return the parts of a scheme's text, which is one."""
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    whole = yaml.load(text, Loader=yaml.CBaseLoader)
    version, said = _last(_under(node, "versions")), whole["versions"][-1]
    whom = said.get("for") or {}
    blocks = {name: _slice(text, _under(version, name)) for name in BLOCKS}
    return SchemeParts(
        whole["label"]["zh"], whole["label"]["en"], whole["why"]["zh"], whole["why"]["en"], said["from"],
        ", ".join(whom.get("roles", ())), ", ".join(whom.get("groups", ())),
        **{name: whom.get(name, "") for name in WEEKS}, two_people=said.get("two_people") == "true",
        **blocks, score=said.get("score", ""), grade=said.get("grade", ""),
    )  # fmt: skip


def _under(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None


def _last(node: yaml.Node | None) -> yaml.Node | None:
    return node.value[-1] if isinstance(node, yaml.SequenceNode) and node.value else None


def _slice(text: str, node: yaml.Node | None) -> str:
    if node is None:
        return ""
    start, end = node.start_mark.index, node.end_mark.index
    return textwrap.dedent(" " * node.start_mark.column + text[start:end]).strip("\n")


def text_of(parts: SchemeParts, *, earlier: str = "", examples: str = NO_EXAMPLES) -> str:
    """Return the whole text of a scheme; `earlier` are the versions before, as a block of their own."""
    return "\n".join(line for _, line in _lines(parts, earlier, examples)) + "\n"


def _lines(parts: SchemeParts, earlier: str, examples: str) -> Iterator[tuple[str, str]]:
    """Yield each line of the text with the part that it is of."""
    yield "label_zh", f"label: {{zh: {_quoted(parts.label_zh)}, en: {_quoted(parts.label_en)}}}"
    yield "why_zh", f"why: {{zh: {_quoted(parts.why_zh)}, en: {_quoted(parts.why_en)}}}"
    yield "why_zh", f"note: {{zh: {_quoted(parts.why_zh)}, en: {_quoted(parts.why_en)}}}"
    yield "", "source: {zh: 本店自定, en: The shop's own}"
    yield "", "versions:"
    yield from (("", f"  {line}") for line in earlier.splitlines())
    yield "first", f"  - from: {_quoted(parts.first)}"
    yield from _whom(parts)
    yield "two_people", f"    two_people: {'true' if parts.two_people else 'false'}"
    for name in BLOCKS:
        block = getattr(parts, name).strip("\n")
        if block.strip():
            yield name, f"    {name}:"
            yield from ((name, f"      {line}".rstrip()) for line in block.splitlines())
    for name in ("score", "grade"):
        if value := getattr(parts, name).strip():
            yield name, f"    {name}: {_quoted(value)}"
    yield from (("", line) for line in examples.splitlines())


def _whom(parts: SchemeParts) -> Iterator[tuple[str, str]]:
    """Yield for whom it is: a line for each thing that is said, so that a fault finds its field."""
    said = {name: _listed(getattr(parts, name)) for name in ("roles", "groups")}
    whom = {name: f"[{', '.join(map(_quoted, listed))}]" for name, listed in said.items() if listed}
    whom |= {name: _quoted(weeks) for name in WEEKS if (weeks := getattr(parts, name).strip())}
    yield "roles", "    for:" if whom else "    for: {}"
    yield from ((name, f"      {name}: {text}") for name, text in whom.items())


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,，、]", text) if one.strip()]


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def faults_of(home: Path, name: str, parts: SchemeParts, language: Language, *, law: str) -> list[Fault]:
    """Return everything wrong with a scheme, each at its part and line, what the law forbids with its rule quoted."""
    if not NAME.match(name):
        return [Fault("name", None, Issue("appraisal.scheme_name", values={"name": name[:40]}))]
    catalog, lines = catalog_of(home), list(_lines(parts, "", NO_EXAMPLES))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.yaml"
        file.write_text(text_of(parts), encoding="utf-8")
        scheme, issues = read_with_faults(file, metrics_of(catalog), name=name)
        if scheme is not None:  # while its file is there: the law's answer names a line of it
            issues += law_issues(scheme, law_of(catalog, law), scheme.versions[-1].spec.from_, language)
    return [_fault(issue, lines) for issue in issues]


def _fault(issue: Issue, lines: list[tuple[str, str]]) -> Fault:
    line = issue.place.line
    bare = replace(issue, place=Place())
    if line is None or not 0 < line <= len(lines):
        return Fault("", None, bare)
    part = lines[line - 1][0]
    if part not in BLOCKS:
        return Fault(part, None, bare)
    first = next(number for number, (name, _) in enumerate(lines, start=1) if name == part)
    return Fault(part, max(line - first, 1), bare)


def _read(text: str, metrics: Mapping[str, Metric], file: Path) -> tuple[Scheme | None, list[Issue]]:
    file.write_text(text, encoding="utf-8")
    return read_scheme(file, metrics, name=file.stem)


def put_in_force(home: Path, name: str, parts: SchemeParts) -> Path:
    """Write a scheme into the shop's own catalog, as one more version of a scheme of that name; its file.

    A ReportableError when a version holds from that day or a later one already: the past is never edited.
    """
    with Home(home).changing_documents():
        return _put(home, name, parts)


def _put(home: Path, name: str, parts: SchemeParts) -> Path:
    catalog = catalog_of(home)
    files, metrics = catalog.files(FOLDER), metrics_of(catalog)
    earlier = ""
    if name in files:
        before = files[name].read_text(encoding="utf-8")
        known = load_schemes(catalog, metrics)[name]
        if str(max(version.spec.from_ for version in known.versions)) >= parts.first:
            raise ReportableError.of("appraisal.not_later", values={"name": name, "first": parts.first})
        earlier = _slice(before, _under(yaml.compose(before, Loader=yaml.CBaseLoader), "versions"))
    with tempfile.TemporaryDirectory() as folder:
        scheme, issues = _read(text_of(parts, earlier=earlier), metrics, Path(folder) / f"{name}.yaml")
    if scheme is None:
        raise ReportableError(issues)
    text = text_of(parts, earlier=earlier, examples=_examples(scheme.versions[-1], metrics))
    file = Home(home).catalog / FOLDER / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(text.encode(), file)
    return file


def _examples(version: SchemeVersion, metrics: Mapping[str, Metric]) -> str:
    """Return two examples as the engine works them: one with plain numbers, one in which nothing is known."""
    inputs = version.spec.inputs
    plain = {name: _plain(one, metrics) for name, one in inputs.items()}
    made = []
    for title, values in (("按整数算一遍", plain), ("什么都没有时", dict.fromkeys(inputs, ""))):
        people = f"agent, {', '.join(inputs)}\n{WHO}, {', '.join(values.values())}"
        example = Example(title=Words(zh=title, en=title), people=people, results="", minimum_wage_yuan=Decimal(2000))
        (one,) = run_example(version, example)
        made.append(_example(title, people, version, one))
    return "examples:\n" + "".join(made)


def _example(title: str, people: str, version: SchemeVersion, one: Appraised) -> str:
    results = results_of(version, one)
    table = f"agent, {', '.join(results)}\n{WHO}, {', '.join(results.values())}"
    return (
        f"  - title: {{zh: {_quoted(title)}, en: {_quoted(title)}}}\n    minimum_wage_yuan: 2000\n"
        f"    people: |\n{textwrap.indent(people, '      ')}\n    results: |\n{textwrap.indent(table, '      ')}\n"
    )


def _plain(one: Input, metrics: Mapping[str, Metric]) -> str:
    if one.at_most is not None:
        return f"{one.at_most:f}"
    share = one.metric is not None and metrics[one.metric].unit is Unit.SHARE
    return "0.5" if share else "100"
