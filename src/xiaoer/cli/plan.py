"""The commands of planning: contacts forecast, people needed, rosters, adherence, what-if."""

from xiaoer.actions.commands import Command
from xiaoer.cli.plan_roster import plan_roster
from xiaoer.cli.words import group, told

plan_group = group("plan")
plan_group.command("roster", cls=Command, help=told("plan roster"))(plan_roster)
