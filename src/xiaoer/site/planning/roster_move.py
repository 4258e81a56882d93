"""What one change by hand makes of a roster: a day set to a shift, or two cells exchanged."""

from collections.abc import Iterable

from xiaoer.actions.plan_roster_tables import off_word
from xiaoer.actions.plan_roster_value import Kept, RosterProblem
from xiaoer.base.language import Language
from xiaoer.site.models import Roster
from xiaoer.site.planning.roster_forms import CellForm
from xiaoer.site.planning.roster_known import by_cell

Cell = tuple[str, str]  # a person and a day


def moved(found: Roster, problem: RosterProblem, form: CellForm) -> list[Kept]:
    """Return the duties after a change; its breaks are put anew where a shift came to another day or person."""
    cell, other = form.cells
    shifts = {cell: form.chosen} if other is None else exchanged(found.duties, [(cell, other)])
    return with_shifts(found.duties, shifts)


def exchanged(duties: Iterable[Kept], pairs: Iterable[tuple[Cell, Cell]]) -> dict[Cell, str]:
    """Return the shift of each of these cells after they are exchanged in pairs; empty for a day off."""
    known = {cell: str(duty["shift"]) for cell, duty in by_cell(duties).items()}
    found: dict[Cell, str] = {}
    for one, other in pairs:
        found |= {one: known.get(other, ""), other: known.get(one, "")}
    return found


def with_shifts(duties: Iterable[Kept], shifts: dict[Cell, str]) -> list[Kept]:
    """Return duties in which these cells have these shifts."""
    kept = [duty for cell, duty in by_cell(duties).items() if shifts.get(cell, duty["shift"]) == duty["shift"]]
    here = by_cell(kept)
    new = [{"person": person, "day": day, "shift": shift} for (person, day), shift in shifts.items()
           if shift and (person, day) not in here]  # fmt: skip
    return [*kept, *new]


def pins_of(form: CellForm, duties: Iterable[Kept], language: Language) -> list[dict[str, str]]:
    """Return the rows that fix the cells of a change as they are now, so that they stay when it is made again."""
    now = by_cell(duties)
    return [
        {"name": person, "day": day, "shift": str(now.get((person, day), {}).get("shift", off_word(language)))}
        for cell in form.cells
        if cell is not None
        for person, day in [cell]
    ]
