"""A changed scheme tried on past months: the table of who would get what, and what to know before it is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.appraise_kept import Months, months_of
from xiaoer.actions.appraise_month import MonthData, agent_rows, month_data, month_figures
from xiaoer.actions.appraise_run import shop_of
from xiaoer.actions.appraise_sums import Words as SchemeWords
from xiaoer.actions.appraise_values import read_values
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.shop_data import ShopData
from xiaoer.actions.wording import word
from xiaoer.appraisal.gaming import Doubt, doubts_of, gamed_metrics
from xiaoer.appraisal.law import law_issues, law_of
from xiaoer.appraisal.load import load_schemes, read_scheme, scheme_named
from xiaoer.appraisal.month import days_of_month, versions_on
from xiaoer.appraisal.scheme import Scheme
from xiaoer.appraisal.what_if import Spread, WhatIf, what_if
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language

MOST_MONTHS = 24
COLUMNS = ("agent", "before", "after", "difference")


@dataclass(frozen=True)
class WhatIfAsk:
    """Which months of which shop, the schemes as they are and as they would be (names, or files), tables of values."""

    first: str
    last: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    shop: str | None = None
    values: tuple[Path, ...] = ()


def try_schemes(home: Path, ask: WhatIfAsk, language: Language) -> Page:
    """Return who would gain and who would lose; a ReportableError names everything that can not be used."""
    months = months_between(ask.first, ask.last)
    with shop_of(home, ask.shop) as data:
        known = load_schemes(data.catalog, data.metrics)
        before, after = (_schemes(names, known, data) for names in (ask.before, ask.after))
        last_day = days_of_month(months[-1])[1]
        law = law_of(data.catalog, data.settings.on(last_day).text("wage_law"))
        issues = [issue for scheme in after for issue in law_issues(scheme, law, last_day, language)]
        if issues:
            raise ReportableError(issues)
        found = _inputs(data, months, [*before, *after], ask, months_of(home, data.shop or ""))
        inputs = [one.inputs for one in found]
        made = what_if(inputs, before, after, law=law, metrics=data.metrics)
        gamed = gamed_metrics(data.catalog)
        doubts = doubts_of(inputs[-1], after, law=law, gamed=gamed, few=found[-1].few)
        said = [*_notes(made, data, after, language), *_doubts(doubts, data, after, language)]
        return _page(made, data, said, doubts, language)


def months_between(first: str, last: str) -> list[str]:
    """Return the months from first to last; a ReportableError when they are turned round or too many."""
    days_of_month(last)
    months = [first]
    while months[-1] < last and len(months) <= MOST_MONTHS:
        _, end = days_of_month(months[-1])
        months.append(f"{end.year + end.month // 12:04}-{end.month % 12 + 1:02}")
    days_of_month(first)
    if months[-1] != last or len(months) > MOST_MONTHS:
        raise ReportableError.of("appraisal.bad_months", values={"first": first, "last": last, "most": MOST_MONTHS})
    return months


def _schemes(names: Sequence[str], known: dict[str, Scheme], data: ShopData) -> list[Scheme]:
    found = []
    for name in names:
        if name.endswith(".yaml"):
            path = Path(name)
            if not path.is_file():
                raise ReportableError.of("appraisal.no_scheme_file", values={"file": name[:200]})
            scheme, issues = read_scheme(path, data.metrics, name=path.stem)
            if scheme is None:
                raise ReportableError(issues)
            found.append(scheme)
        else:
            found.append(scheme_named(name, known))
    return found


def _inputs(
    data: ShopData, months: Sequence[str], schemes: Sequence[Scheme], ask: WhatIfAsk, kept: Months
) -> list[MonthData]:
    """Return the inputs of each month: figures of today's data, values of its closing or draft, else of the tables."""
    versions = {scheme.name: version for scheme in schemes for version in scheme.versions}
    accounts = sorted({*agent_rows(data), *month_figures(data, months[-1], ()).accounts})
    given = read_values(ask.values, months[-1], versions.values(), shop=data.shop or "", accounts=accounts,
                        names=data.agent_names)  # fmt: skip
    found = []
    for month in months:
        metrics = sorted({name for version in versions_on(schemes, days_of_month(month)[1]).values()
                          for name in version.metrics})  # fmt: skip
        said = given.get(month) or given[months[-1]]
        joined = kept.kept(month).joined if month in kept.entries else None
        one = month_data(data, month, metrics, said, kept, joined=joined)
        if month in kept.entries:
            then = kept.kept(month).inputs
            values = {agent: {**then.values.get(agent, {}), **one.inputs.values.get(agent, {})}
                      for agent in {*then.values, *one.inputs.values}}  # fmt: skip
            inputs = replace(one.inputs, values=values, incidents=then.incidents or one.inputs.incidents)
            one = replace(one, inputs=inputs)
        found.append(one)
    return found


def _page(made: WhatIf, data: ShopData, said: Sequence[str], doubts: Sequence[Doubt], language: Language) -> Page:
    by_agent = made.by_agent()
    shown = data.shown_agents(by_agent)

    def yuan(amount: Decimal) -> Cell:
        return Cell(amount, cell_text(Kind.YUAN, amount, language), worse=amount < 0)

    rows = sorted(by_agent.items(), key=lambda one: (one[1][1] - one[1][0], one[0]))
    kinds = (Kind.TEXT, Kind.YUAN, Kind.YUAN, Kind.YUAN)
    return Page(
        name="whatif",
        title=word("whatif_title", language, shop=data.shop, first=made.months[0], last=made.months[-1]),
        columns=tuple(Column(name, word(f"whatif_{name}", language), kind, fixed=name == "agent")
                      for name, kind in zip(COLUMNS, kinds, strict=True)),
        rows=tuple((Cell(agent, shown[agent]), yuan(one), yuan(other), yuan(other - one))
                   for agent, (one, other) in rows),
        language=language,
        data=_json(made, doubts),
        total=(Cell(None, word("total", language)), yuan(made.paid_before), yuan(made.paid_after),
               yuan(made.paid_after - made.paid_before)),
        notes=tuple(said),
    )  # fmt: skip


def _notes(made: WhatIf, data: ShopData, schemes: Sequence[Scheme], language: Language) -> Iterator[str]:
    yield word("whatif_counts", language, gains=made.gains, loses=made.loses, same=made.same, unknown=made.unknown)
    for name, spread in (("before", made.spread_before), ("after", made.spread_after)):
        if spread is not None:
            yield word(f"whatif_spread_{name}", language, **_spread(spread, language))
    for one in made.moved:
        labels = (SchemeWords(scheme.versions[-1], data.metrics, language) for scheme in schemes)
        label = next((said for words in labels if (said := _label(words, one.input)) is not None), one.input)
        paid, most = (cell_text(Kind.YUAN, amount, language) for amount in (one.paid, one.most))
        yield word("whatif_moved", language, input=label, paid=paid, people=one.people, most=most)


def _label(words: SchemeWords, name: str) -> str | None:
    """Return what an input by its metric or table is called."""
    inputs = words.version.spec.inputs
    return next((words.label(key) for key, one in inputs.items() if name in (one.metric, one.table)), None)


def _spread(spread: Spread, language: Language) -> dict[str, str]:
    return {name: cell_text(Kind.YUAN, getattr(spread, name), language)
            for name in ("lowest", "quarter", "middle", "three_quarters", "highest")}  # fmt: skip


def _doubts(doubts: Sequence[Doubt], data: ShopData, schemes: Sequence[Scheme], language: Language) -> Iterator[str]:
    gamed = gamed_metrics(data.catalog)
    by_name = {scheme.name: scheme for scheme in schemes}
    for one in doubts:
        words = SchemeWords(by_name[one.scheme].versions[-1], data.metrics, language)
        blanks: dict[str, object] = {"label": words.label(one.name), **one.facts}
        if one.kind == "cliff":
            step = next(step for step in words.version.steps if step.name == one.name)
            of = str(getattr(step, "by", None) or getattr(step, "of", "")).strip()
            edge, amount = one.facts["edge"], one.facts["yuan"]
            assert isinstance(edge, Decimal)
            assert isinstance(amount, Decimal)
            blanks |= {"edge": words.value(of, edge), "yuan": cell_text(Kind.YUAN, amount, language)}
        if one.kind == "turned_away":
            blanks["how"] = gamed[str(one.facts["metric"])].in_language(language)
        yield word(f"doubt_{one.kind}", language, **blanks)


def _json(made: WhatIf, doubts: Sequence[Doubt]) -> dict[str, object]:
    def spread(one: Spread | None) -> dict[str, str] | None:
        return None if one is None else {name: f"{value:f}" for name, value in one.__dict__.items()}

    return {
        "months": list(made.months),
        "people": [{"agent": agent, "before": f"{one:f}", "after": f"{other:f}"}
                   for agent, (one, other) in made.by_agent().items()],
        "gains": made.gains, "loses": made.loses, "same": made.same, "unknown": made.unknown,
        "paid_before": f"{made.paid_before:f}", "paid_after": f"{made.paid_after:f}",
        "spread_before": spread(made.spread_before), "spread_after": spread(made.spread_after),
        "moved": [{"input": one.input, "paid": f"{one.paid:f}", "people": one.people, "most": f"{one.most:f}"}
                  for one in made.moved],
        "doubts": [{"kind": one.kind, "scheme": one.scheme, "name": one.name,
                    **{name: fact if isinstance(fact, int) else f"{fact}" for name, fact in one.facts.items()}}
                   for one in doubts],
    }  # fmt: skip
