"""The commands of planning: contacts forecast, people needed, rosters, adherence, what-if."""

from xiaoer.cli.words import group

plan_group = group("plan")
