"""How many people an interval needs: Erlang C, Erlang A, chats side by side; goals; a simulation as the check."""

from xiaoer.planning.need.chain import Served, served
from xiaoer.planning.need.cover import Cover, Shift, cheapest_cover
from xiaoer.planning.need.estimate import (
    MeanSeconds,
    Step,
    by_contacts_in_hand,
    exponential_mean,
    kaplan_meier,
    patience,
    worth_taking,
)
from xiaoer.planning.need.goal import READ, Figure, Goal, read_goal
from xiaoer.planning.need.people import of_people, on_the_roster, people_needed
from xiaoer.planning.need.work import MOST_SIDE_BY_SIDE, Work
from xiaoer.planning.need.writing_on import patience_of_writing_on

__all__ = [
    "MOST_SIDE_BY_SIDE",
    "READ",
    "Cover",
    "Figure",
    "Goal",
    "MeanSeconds",
    "Served",
    "Shift",
    "Step",
    "Work",
    "by_contacts_in_hand",
    "cheapest_cover",
    "exponential_mean",
    "kaplan_meier",
    "of_people",
    "on_the_roster",
    "patience",
    "patience_of_writing_on",
    "people_needed",
    "read_goal",
    "served",
    "worth_taking",
]
