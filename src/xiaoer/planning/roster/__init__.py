"""Who works when: rosters that keep the rules, cover what is needed, and say how good they are proven to be."""

from xiaoer.planning.roster.breaches import Breach, breaches_of, cost_apart
from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.explain import KEPT, Lack, Way, lacks_of, short_rows
from xiaoer.planning.roster.instance import Instance, Wish, read_instance
from xiaoer.planning.roster.problem import Line, Problem, Roster, additions, kinds_of
from xiaoer.planning.roster.relax import Broken, possible
from xiaoer.planning.roster.search import best_roster
from xiaoer.planning.roster.watch import Progress, Watch

__all__ = [
    "KEPT", "Breach", "Broken", "Everyone", "Instance", "Lack", "Line", "Problem", "Progress", "Roster", "Watch", "Way",
    "Wish", "additions", "best_roster", "breaches_of", "cost_apart", "kinds_of", "lacks_of", "possible",
    "read_instance", "short_rows",
]  # fmt: skip
