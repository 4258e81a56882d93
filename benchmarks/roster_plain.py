"""A plain CP-SAT model of an instance, run by itself: `python -m benchmarks.roster_plain FILE SECONDS`."""

import sys
from pathlib import Path
from types import ModuleType

from ortools.sat.python import cp_model

# OR-Tools brings a HiGHS of its own, and two of them in one process do not go together; only the reader is needed here.
sys.modules["highspy"] = ModuleType("highspy")

from xiaoer.planning.roster import Problem, read_instance  # noqa: E402 -- see above


def plain_cost(problem: Problem, seconds: float) -> float | None:
    """Return what a plain CP-SAT model of the rules finds in so many seconds; None without a solution."""
    model = cp_model.CpModel()
    days, kinds = range(problem.days), range(1, len(problem.kinds) + 1)
    terms = [round(problem.constant)]
    worked = {}
    for who, person in enumerate(problem.people):
        x = {(d, k): model.new_bool_var("") for d in days for k in kinds}
        on = [sum(x[d, k] for k in kinds) for d in days]
        worked[who] = x
        _limit_days(model, problem, who, x, on)
        for d in days:
            model.add(on[d] <= 1)
            terms += [round(person.toll[d, k]) * x[d, k] for k in kinds if person.toll[d, k] < 1e9]
        _limit_totals(model, problem, who, x, on)
    group = problem.options[0]
    for row, target in enumerate(problem.cover.target.tolist()):
        at = [o for o in range(len(group.day)) if row in group.rows[group.begins[o] : group.begins[o + 1]]]
        there = sum(worked[who][int(group.day[o]), int(group.kind[o])] for who in worked for o in at)
        for piece in range(len(problem.cover.row)):
            if problem.cover.row[piece] == row:
                off = model.new_int_var(0, 1000, "")
                sign = int(problem.cover.sign[piece])
                model.add(off >= sign * (there - round(target)))
                terms.append(round(problem.cover.toll[piece]) * off)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    return solver.objective_value if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _limit_days(model, problem: Problem, who: int, x, on) -> None:  # noqa: ANN001
    """Add leave, what may follow what, and lengths of runs."""
    person, days = problem.people[who], problem.days
    for (d, k), var in x.items():
        if person.toll[d, k] > 1e9:
            model.add(var == 0)
        for after in range(1, len(problem.kinds) + 1):
            if d + 1 < days and not problem.follows[k, after]:
                model.add(var + x[d + 1, after] <= 1)
    for d in range(days - person.longest_run):
        model.add(sum(on[d : d + person.longest_run + 1]) <= person.longest_run)
    for short in range(1, person.shortest_run):
        for d in range(1, days - short):
            model.add(on[d - 1] + on[d + short] >= sum(on[d : d + short]) - short + 1)
    for short in range(1, person.shortest_rest):
        for d in range(1, days - short):
            model.add((1 - on[d - 1]) + (1 - on[d + short]) >= sum(1 - one for one in on[d : d + short]) - short + 1)


def _limit_totals(model, problem: Problem, who: int, x, on) -> None:  # noqa: ANN001
    """Add the tallies: weekends, minutes, shifts of a kind."""
    for tally in problem.people[who].tallies:
        allowed = [total for total, toll in enumerate(tally.toll) if toll < 1e9]
        if tally.weekend:
            weekends = [model.new_bool_var("") for _ in range(5, problem.days, 7)]
            for at, d in enumerate(range(5, problem.days, 7)):
                for day in (d, d + 1):
                    if day < problem.days:
                        model.add(weekends[at] >= on[day])
            model.add(sum(weekends) <= allowed[-1])
        elif tally.weights is not None:
            total = sum(int(tally.weights[d, k]) * var for (d, k), var in x.items())
            model.add_linear_constraint(total, allowed[0], allowed[-1])


if __name__ == "__main__":
    read = read_instance(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[1])
    print(plain_cost(read.problem, float(sys.argv[2])))
