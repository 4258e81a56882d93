"""The page of the appraisal schemes: for whom, what goes in, the steps, the lines, and worked examples."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.appraisal.example import table_of
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.scheme import Scheme, Version
from xiaoer.appraisal.steps import STEPS
from xiaoer.base.catalog import Catalog, Words
from xiaoer.metrics import load_metrics

TITLE = Words(zh="考核方案", en="Appraisal schemes")
LEAD = Words(
    zh="现成的方案，可以直接用，也可以抄进自己的目录改。每个例子都在测试里算过，每一步的数都写在例子里。",
    en="Schemes to use as they are or to copy into a catalog of your own. The tests compute every example, with every step.",
)
KINDS = Words(zh="步骤的种类", en="Kinds of step")
KIND_HEAD = {"zh": ("种类", "写法"), "en": ("Kind", "Written as")}
INPUTS = {"zh": ("输入", "来自", "名称"), "en": ("Input", "From", "Label")}
STEP_HEAD = {"zh": ("步骤", "种类", "名称"), "en": ("Step", "Kind", "Label")}
LINE_HEAD = {"zh": ("行", "性质", "名称"), "en": ("Line", "Is", "Label")}
LINE_KINDS = {
    "wage": Words(zh="工资", en="wage"),
    "bonus": Words(zh="奖金", en="bonus"),
    "penalty": Words(zh="减奖金", en="lessens the bonus"),
    "deduction": Words(zh="损失赔偿", en="compensation for a loss"),
}
READING = Words(zh="读法：", en="How it is read: ")
SOURCE = Words(zh="出处：", en="Source: ")
EXAMPLE = Words(zh="例：", en="Example: ")


def schemes_page(language: str) -> str:
    """Return the kinds of step and every scheme."""
    lines = opening(TITLE, LEAD, language)
    lines += [f"## {KINDS.in_language(language)}", ""]
    lines += table(KIND_HEAD[language], [(code(name), code(kind.hint)) for name, kind in STEPS.items()])
    metrics = load_metrics(Catalog())
    for scheme in load_schemes(Catalog(), metrics).values():
        labels = {name: metric.label.in_language(language) for name, metric in metrics.items()}
        lines += _scheme(scheme, labels, language)
    return page(lines)


def _scheme(scheme: Scheme, labels: dict[str, str], language: str) -> list[str]:
    said, version = scheme.said, scheme.versions[-1]
    lines = [f"## {code(scheme.name)} {said.label.in_language(language)}", "", said.why.in_language(language), ""]
    for head, words in ((READING, said.note), (SOURCE, said.source)):
        lines += [head.in_language(language) + words.in_language(language), ""]
    lines += table(INPUTS[language], _inputs(version.spec, labels, language))
    steps = [(code(step.name), code(step.kind), step.label.in_language(language)) for step in version.steps]
    lines += table(STEP_HEAD[language], steps)
    kinds = {kind: words.in_language(language) for kind, words in LINE_KINDS.items()}
    lines += table(LINE_HEAD[language], [
        (code(line.name), kinds[line.kind], line.label.in_language(language)) for line in version.spec.lines
    ])  # fmt: skip
    for example in said.examples:
        lines += [EXAMPLE.in_language(language) + example.title.in_language(language), ""]
        for text in (example.people, example.incidents, example.manual, example.history, example.results):
            rows = table_of(text)
            lines += table([*rows[0]], [tuple(row.values()) for row in rows]) if rows else []
    return lines


def _inputs(version: Version, labels: dict[str, str], language: str) -> list[tuple[str, str, str]]:
    return [
        (code(name), code(one.metric or one.table or ""),
         one.label.in_language(language) if one.label else labels[one.metric or ""])
        for name, one in version.inputs.items()
    ]  # fmt: skip
