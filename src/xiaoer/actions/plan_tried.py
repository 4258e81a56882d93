"""How a forecast's models did on days that had come: a line for each distance, the model taken at each of them."""

from xiaoer.actions.plan_foretold import Foretold
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.forecast.models import MODELS


def tried_page(found: Foretold, language: Language) -> Page:
    """Return the backtest as a page; without rows where the history was too short to try anything."""
    names = [name for name in MODELS if any(name in one.scores for one in found.made.backtest)]
    rows = []
    for one in found.made.backtest:
        own = one.scores[one.chosen]
        rows.append((
            cell_of(Kind.COUNT, one.lead, language), cell_of(Kind.COUNT, own.days, language),
            *(cell_of(Kind.SHARE, one.scores[name].wape if name in one.scores else None, language) for name in names),
            Cell(one.chosen, word(f"plan_model_{one.chosen}", language)),
            *(cell_of(Kind.SHARE, value, language) for value in (own.bias, own.coverage)),
        ))  # fmt: skip
    columns = (
        Column("lead", word("plan_tried_lead", language), Kind.COUNT, fixed=True),
        Column("days", word("plan_tried_days", language), Kind.COUNT),
        *(Column(name, word(f"plan_model_{name}", language), Kind.SHARE) for name in names),
        Column("chosen", word("plan_tried_chosen", language)),
        Column("bias", word("plan_tried_bias", language), Kind.SHARE),
        Column("coverage", word("plan_tried_coverage", language), Kind.SHARE),
    )
    return Page("plan_tried", word("plan_tried_title", language), columns, tuple(rows), language, data={})
