"""Goals in words."""

from collections.abc import Iterable

from xiaoer.actions.render.cell_text import seconds_text
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.need import Figure, Goal

TIMES = frozenset({Figure.WAIT, Figure.ANSWER})


def said_goals(goals: Iterable[Goal], language: Language) -> str:
    """Return goals in words, such as 80% answered within 20 s (of all)."""
    return word("plan_and", language).join(_said(goal, language) for goal in goals)


def _said(goal: Goal, language: Language) -> str:
    bound = seconds_text(goal.bound, language) if goal.figure in TIMES else f"{goal.bound * 100:g}%"
    return word(f"plan_goal_{goal.figure}", language, bound=bound, seconds=seconds_text(goal.seconds, language))
