"""A shop's own rosters: tables that a lead fills in → a problem → who works when, with breaks."""

from xiaoer.planning.roster.shop.form import days_between, plan_of
from xiaoer.planning.roster.shop.given import Valued, valued
from xiaoer.planning.roster.shop.made import ShopProblem, made_problem
from xiaoer.planning.roster.shop.plan import Break, Member, Need, RosterPlan, Shift, ShopWish
from xiaoer.planning.roster.shop.tables import RosterForm, Row, Tables, read_tables

__all__ = [
    "Break", "Member", "Need", "RosterForm", "RosterPlan", "Row", "Shift", "ShopProblem", "ShopWish", "Tables",
    "Valued", "days_between", "made_problem", "plan_of", "read_tables", "valued",
]  # fmt: skip
