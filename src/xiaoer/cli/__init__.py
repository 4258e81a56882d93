"""The command line, one of the doors."""

from xiaoer.cli.program import app, main, run

__all__ = ["app", "main", "run"]
