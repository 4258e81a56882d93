"""What is said around a reconciliation: the head line, people that do not match, what the causes can not tell."""

from collections import Counter
from collections.abc import Iterable

from xiaoer.actions.reconcile_context import Reconciled
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.reconcile.judge import COMPARED, Verdict

FEW = 3  # figures that a cause explains: fewer can agree by chance
NAMES_SHOWN = 8


def head_line(made: Reconciled, language: Language) -> str:
    """Return the whole answer in one sentence."""
    found = made.comparison.judged
    number = Counter(one.verdict for one in found)
    compared = sum(number[verdict] for verdict in COMPARED)
    if not compared:
        return word("reconcile_nothing", language, number=f"{len(found):,}")
    parts = [word("reconcile_equal", language, compared=f"{compared:,}", equal=f"{number[Verdict.EQUAL]:,}")]
    for causes, count in Counter(one.causes for one in found if one.causes).most_common():
        labels = " + ".join(cause.label.in_language(language) for cause in causes)
        labels = labels if language == "en" else labels.replace(" + ", "”和“")
        parts.append(word("reconcile_explained", language, number=f"{count:,}", cause=labels))
    for verdict in (Verdict.IMMATURE, Verdict.UNEXPLAINED):
        if number[verdict]:
            parts.append(word(f"reconcile_{verdict}", language, number=f"{number[verdict]:,}"))
    return (", " if language == "en" else "，").join(parts)


def reconcile_notes(made: Reconciled, language: Language) -> Iterable[str]:
    """Yield the notes, the most useful first."""
    yield from _about_causes(made, language)
    yield from _about_people(made, language)
    number = Counter(one.verdict for one in made.comparison.judged)
    for verdict in Verdict:
        if verdict not in COMPARED and number[verdict]:
            yield word("reconcile_barred", language, number=f"{number[verdict]:,}",
                       verdict=word(f"verdict_{verdict}", language),
                       means=word(f"verdict_{verdict}_means", language))  # fmt: skip
    if number[Verdict.IMMATURE]:
        yield word("verdict_immature_means", language)
    yield from _about_rows(made, language)
    yield word("reconcile_tried", language, number=f"{made.comparison.tried:,}")


def _about_causes(made: Reconciled, language: Language) -> Iterable[str]:
    answer = made.comparison.answer
    explained = len(answer.by_cell)
    if answer.chosen and explained < FEW:
        yield word("reconcile_few", language, number=explained)
    for other in answer.alike[:3]:
        labels = (" + " if language == "en" else "＋").join(one.label.in_language(language) for one in other)
        yield word("reconcile_alike", language, causes=labels)
    said, own = made.said_policy, made.data.policy(None, made.request.period.last)
    if said is not None and said != own and made.request.policy == said:
        names = {"said": word(f"policy_{said}", language), "own": word(f"policy_{own}", language)}
        yield word("reconcile_policy_said", language, **names)


def _about_people(made: Reconciled, language: Language) -> Iterable[str]:
    mark = ", " if language == "en" else "、"
    shown = made.data.shown_agents(made.beside)
    for name, names in (
        ("reconcile_not_found", made.comparison.people.not_found),
        ("reconcile_not_listed", tuple(shown[account] for account in made.beside)),
    ):
        if names:
            more = " …" if len(names) > NAMES_SHOWN else ""
            yield word(name, language, number=len(names), names=mark.join(names[:NAMES_SHOWN]) + more)


def _about_rows(made: Reconciled, language: Language) -> Iterable[str]:
    rows = sum(len(moved) for _, moved in made.comparison.moved)
    if rows:
        yield word("reconcile_rows", language, number=f"{rows:,}")
    if made.comparison.unlisted:
        yield word("reconcile_unlisted", language, number=f"{made.comparison.unlisted:,}")
