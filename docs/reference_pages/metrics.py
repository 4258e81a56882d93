"""The page of the metrics: what each means, how it is computed, and its worked examples."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Catalog, Words
from xiaoer.metrics import UNIT_WORDS, Direction, Group, Level, Maturity, Metric, load_metrics, rule_lines
from xiaoer.metrics.metric import Example

TITLE = Words(zh="指标", en="Metrics")
LEAD = Words(
    zh="报表里每个数的定义，各附一个测试里跑过的例子。多天的比率都是分子之和除以分母之和，不是每天比率的平均。",
    en="What each figure of a report means, each with an example that the tests run. A share over several days is the sum of "
    "numerators over the sum of denominators, never a mean of daily shares.",
)
GROUPS = {
    Group.RECEPTION: Words(zh="接待", en="Reception"),
    Group.SPEED: Words(zh="响应速度", en="Speed"),
    Group.INQUIRY: Words(zh="询单与转化", en="Inquiry and conversion"),
    Group.SALES: Words(zh="销售", en="Sales"),
    Group.ATTENDANCE: Words(zh="出勤", en="Attendance"),
    Group.SATISFACTION: Words(zh="满意度", en="Satisfaction"),
    Group.AFTER_SALE: Words(zh="售后", en="After-sale"),
    Group.CALLS: Words(zh="电话", en="Calls"),
}
MATURITY = {
    Maturity.NONE: Words(zh="当天即可", en="at once"),
    Maturity.NEXT_DAY: Words(zh="次日", en="the next day"),
    Maturity.FINAL: Words(zh="最终付款期满", en="when the days of final payment are over"),
    Maturity.REFUND: Words(zh="退款期满", en="when the days of refunds are over"),
}
BETTER = {
    Direction.UP: Words(zh="越高越好", en="higher is better"),
    Direction.DOWN: Words(zh="越低越好", en="lower is better"),
    Direction.NONE: Words(zh="不分好坏", en="neither way is better"),
}
HEAD = {
    "zh": ("单位", "方向", "何时成熟", "层级", "需要的表"),
    "en": ("Unit", "Better", "Mature", "Level", "Tables it needs"),
}
LEVELS = {Level.AGENT: Words(zh="客服", en="agent"), Level.SHOP: Words(zh="店铺", en="shop")}
OTHERS = Words(zh="文件里还有这些例子：", en="Its file has these examples too:")
HOW = Words(zh="算法：", en="How: ")
RULES = Words(zh="平台规则（新的在前）：", en="The platform's rule, newest first:")
EXAMPLE = Words(zh="例：", en="Example: ")


def metrics_page(language: str) -> str:
    """Return every metric by group, each with its examples."""
    found = load_metrics(Catalog())
    lines = opening(TITLE, LEAD, language)
    for group, label in GROUPS.items():
        inside = {name: metric for name, metric in found.items() if metric.group is group}
        lines += [f"## {label.in_language(language)}", ""] if inside else []
        for name, metric in inside.items():
            lines += _metric(name, metric, language)
    return page(lines)


def _metric(name: str, metric: Metric, language: str) -> list[str]:
    facts = (
        UNIT_WORDS[metric.unit].in_language(language),
        BETTER[metric.direction].in_language(language),
        MATURITY[metric.maturity].in_language(language),
        LEVELS[metric.level].in_language(language),
        " ".join(code(need) for need in metric.needs),
    )
    lines = [f"### `{name}` {metric.label.in_language(language)}", ""]
    lines += [
        metric.why.in_language(language),
        "",
        HOW.in_language(language) + metric.formula.in_language(language),
        "",
    ]
    lines += table(HEAD[language], [facts])
    lines += _rules(metric, language)
    lines += _example(metric.examples[0], language)
    others = [f"- {example.title.in_language(language)}" for example in metric.examples[1:]]
    return [*lines, OTHERS.in_language(language), "", *others, ""]


def _rules(metric: Metric, language: str) -> list[str]:
    lines = [f"- {line}" for line in rule_lines(metric, language)]
    return [RULES.in_language(language), "", *lines, ""] if lines else []


def _example(example: Example, language: str) -> list[str]:
    title = EXAMPLE.in_language(language) + example.title.in_language(language)
    lines = ["<details>", f"<summary>{title}</summary>", "", "```text"]
    for name, rows in example.tables.items():
        lines += [f"[{name}]", *rows.strip().splitlines()]
    lines += [f"[settings] {setting} = {value}" for setting, value in example.settings.items()]
    asked = f"[report] {example.report.from_} – {example.report.to}"
    asked += f" by {example.report.by}" if example.report.by.strip() else ""
    asked += f" policy {example.report.policy}" if example.report.policy else ""
    return [*lines, asked, *example.rows.strip().splitlines(), "```", "", "</details>", ""]
