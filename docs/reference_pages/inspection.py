"""The page of inspection: every standard with its items, and how well each was found where it was planted."""

import json
from pathlib import Path

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Catalog, Words
from xiaoer.inspection.schema import By, Standard
from xiaoer.inspection.standards import load_standards

MEASURED = Path(__file__).resolve().parent / "inspection_measured.json"
TITLE = Words(zh="质检标准", en="Inspection standards")
LEAD = Words(
    zh="全部标准和质检项：分值、轻重、方式、理由。召回和准确是在模拟店铺上量的，用写质检项时没有用过的种子：埋下的问题找到了多少，找到的有多少是埋下的。埋下的有两种：普通会话里客服说错的话，和按质检项排演的会话，有的犯了错，有的只差一点。“新说法”是另外一批排演的会话，改质检项时没有用过：埋下的找到了几个。只靠说法去找的质检项，遇到新说法会漏，店铺自己的说法要加进自己的标准。",
    en="All standards and items: points, severity, mechanism, reason. Recall and precision were measured on simulated shops of seeds that no item was written with: how much of what was planted was found, and how much of what was found was planted. Two kinds are planted: what agents say wrongly in ordinary chats, and chats staged for an item, of which some break it and some only nearly do. “New wording” is another lot of staged chats that no item was mended with: how many of those planted were found. An item that goes by phrases misses what is said in new words; a shop adds its own words to its own standards.",
)
HEAD = {
    "zh": ("质检项", "名称", "方式", "分值", "轻重", "埋下", "召回", "准确", "新说法", "理由"),
    "en": ("Item", "Label", "By", "Points", "Severity", "Planted", "Recall", "Precision", "New wording", "Reason"),
}
OVERALL = Words(
    zh="合计：埋下 {planted}，召回 {recall}，准确 {precision}。新说法：埋下 {unseen}，召回 {unseen_recall}，准确 {unseen_precision}。",
    en="Overall: {planted} planted, recall {recall}, precision {precision}. New wording: {unseen} planted, recall {unseen_recall}, precision {unseen_precision}.",
)
NOT_PLANTED = {
    By.HUMAN: Words(zh="只有人能判断", en="only a person can judge"),
    By.MODEL: Words(zh="模型只排先后，准确度见模型卡", en="a model that only ranks; see its card"),
}
SEVERITY = {
    "praise": Words(zh="加分", en="praise"), "low": Words(zh="轻", en="low"), "middle": Words(zh="中", en="middle"),
    "high": Words(zh="重", en="high"),
}  # fmt: skip
FATAL = Words(zh="，直接零分", en=", fatal")


def inspection_page(language: str) -> str:
    """Return every standard with its items, the eight standards first, then the attitudes."""
    standards = load_standards(Catalog()).standards
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    lines = [*opening(TITLE, LEAD, language), _overall(measured, language), ""]
    for name, standard in sorted(standards.items(), key=lambda pair: (pair[1].kind != "standard", pair[0])):
        lines += [f"## {standard.label.in_language(language)}", "", standard.why.in_language(language), ""]
        lines += [*table(HEAD[language], _rows(standard, measured, language)), ""]
        assert name
    return page(lines)


def _overall(measured: dict[str, list[int]], language: str) -> str:
    planted, found, both, unseen, unseen_found, unseen_both = (sum(one) for one in zip(*measured.values(), strict=True))
    return OVERALL.in_language(language).format(
        planted=f"{planted:,}", recall=share(both, planted), precision=share(both, found), unseen=f"{unseen:,}",
        unseen_recall=share(unseen_both, unseen), unseen_precision=share(unseen_both, unseen_found),
    )  # fmt: skip


def _rows(standard: Standard, measured: dict[str, list[int]], language: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, item in standard.items.items():
        planted, found, both, unseen, _, unseen_both = measured.get(name, [0] * 6)
        why_not = NOT_PLANTED.get(item.find.by)
        severity = SEVERITY[item.severity.value].in_language(language)
        rows.append((
            code(name), item.label.in_language(language), item.find.by.value, f"{item.points:+f}".replace("-", "−"),
            severity + (FATAL.in_language(language) if item.fatal else ""),
            why_not.in_language(language) if why_not else f"{planted:,}", share(both, planted), share(both, found),
            f"{unseen_both}/{unseen}" if unseen else "", item.reason.in_language(language),
        ))  # fmt: skip
    return rows


def share(part: int, whole: int) -> str:
    """Return a share in percent with one place; empty where there is nothing."""
    return f"{part / whole:.1%}" if whole else ""
