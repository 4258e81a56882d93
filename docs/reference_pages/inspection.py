"""The page of inspection: every standard with its items, and how well each was found where it was planted."""

import json
from pathlib import Path

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Catalog, Words
from xiaoer.inspection.schema import Standard
from xiaoer.inspection.standards import load_standards

MEASURED = Path(__file__).resolve().parent / "inspection_measured.json"
TITLE = Words(zh="质检标准", en="Inspection standards")
LEAD = Words(
    zh="全部标准和质检项：分值、轻重、方式、理由。召回和准确是在模拟店铺上量的：写质检项时没有用过的种子，埋下的问题找到了多少，找到的有多少是埋下的；没有数的是模拟里没有埋的。",
    en="All standards and items: points, severity, mechanism, reason. Recall and precision were measured on simulated shops of seeds that no item was written with: how much of what was planted was found, and how much of what was found was planted; without a number nothing is planted.",
)
HEAD = {
    "zh": ("质检项", "名称", "方式", "分值", "轻重", "埋下", "召回", "准确", "理由"),
    "en": ("Item", "Label", "By", "Points", "Severity", "Planted", "Recall", "Precision", "Reason"),
}
OVERALL = Words(
    zh="合计：埋下 {planted}，召回 {recall}，准确 {precision}。",
    en="Overall: {planted} planted, recall {recall}, precision {precision}.",
)
SEVERITY = {
    "praise": Words(zh="加分", en="praise"), "low": Words(zh="轻", en="low"), "middle": Words(zh="中", en="middle"),
    "high": Words(zh="重", en="high"),
}  # fmt: skip
FATAL = Words(zh="，直接零分", en=", fatal")


def inspection_page(language: str) -> str:
    """Return every standard with its items, the eight standards first, then the attitudes."""
    standards = load_standards(Catalog()).standards
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    planted, found, both = (sum(one[place] for one in measured.values()) for place in range(3))
    whole = OVERALL.in_language(language)
    lines = [
        *opening(TITLE, LEAD, language),
        whole.format(planted=planted, recall=share(both, planted), precision=share(both, found)), "",
    ]  # fmt: skip
    for name, standard in sorted(standards.items(), key=lambda pair: (pair[1].kind != "standard", pair[0])):
        lines += [f"## {standard.label.in_language(language)}", "", standard.why.in_language(language), ""]
        lines += [*table(HEAD[language], _rows(standard, measured, language)), ""]
        assert name
    return page(lines)


def _rows(standard: Standard, measured: dict[str, list[int]], language: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, item in standard.items.items():
        planted, found, both = measured.get(name, (0, 0, 0))
        severity = SEVERITY[item.severity.value].in_language(language)
        rows.append((
            code(name), item.label.in_language(language), item.find.by.value, f"{item.points:+f}".replace("-", "−"),
            severity + (FATAL.in_language(language) if item.fatal else ""), f"{planted:,}" if planted else "",
            share(both, planted), share(both, found), item.reason.in_language(language),
        ))  # fmt: skip
    return rows


def share(part: int, whole: int) -> str:
    """Return a share in percent with one place; empty where there is nothing."""
    return f"{part / whole:.1%}" if whole else ""
