"""What a scorecard offers beside what machines found: items for people, root causes, the days of appeals."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_findings import Decisions, score_of_conversation, standards_in
from xiaoer.actions.inspect_load import standards_of
from xiaoer.actions.shop_data import catalog_of, open_shops
from xiaoer.base.catalog import Declared, Words
from xiaoer.base.language import Language
from xiaoer.inspection.schema import By


@dataclass(frozen=True)
class HumanItem:
    """An item that only a person can judge, and what it is worth on the day of the conversation."""

    name: str
    label: str
    reason: str
    standard: str
    points: Decimal
    fatal: bool


@dataclass(frozen=True)
class AppealDays:
    """For how many days after a review findings can be appealed, and in how many days an appeal is to be answered."""

    to_raise: int
    to_answer: int


class CauseGroup(Declared):
    """One branch of root causes."""

    label: Words
    causes: dict[str, Words]


class RootCauses(Declared):
    """The tree of root causes."""

    groups: dict[str, CauseGroup]


def human_items(home: Path, day: date, language: Language) -> list[HumanItem]:
    """Return the items that people judge, as they are in force on a day, in the order of standards."""
    standards = standards_of(catalog_of(home))
    made = []
    for standard in standards_in(standards):
        for name, item in standards.standards[standard].items.items():
            worth = standards.worth(name, day) if item.find.by is By.HUMAN else None
            if worth is not None:
                made.append(HumanItem(
                    name, item.label.in_language(language), item.reason.in_language(language),
                    standards.standards[standard].label.in_language(language), worth.points, worth.fatal,
                ))  # fmt: skip
    return made


def item_labels(home: Path, language: Language) -> dict[str, str]:
    """Return how each item of the standards is called."""
    return {name: item.label.in_language(language) for name, item in standards_of(catalog_of(home)).items.items()}


def scores_after(home: Path, found: InspectedConversation, decisions: Decisions) -> tuple[Decimal, Decimal]:
    """Return the machine's score of a conversation and the one after these decisions about it."""
    return score_of_conversation(found.findings, decisions, standards_of(catalog_of(home)))


def root_causes(home: Path, language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tree of root causes: each branch's label, with the name and label of what is on it."""
    tree = catalog_of(home).load_one("root_causes.yaml", RootCauses)
    return [
        (group.label.in_language(language), [(name, one.in_language(language)) for name, one in group.causes.items()])
        for group in tree.groups.values()
    ]


def appeal_days(home: Path, shop: str, day: date) -> AppealDays:
    """Return the days of appeals that are in force on a day."""
    with open_shops(home, shop) as data:
        known = data.snapshot.settings_of(shop).on(day)
        return AppealDays(known.count("appeal_days"), known.count("appeal_answer_days"))
