"""A shop that does not exist, with known truth: tables, or files exactly like real exports."""

from xiaoer.simulator.exports import ALL_FORMS, Form, write_canonical, write_exports
from xiaoer.simulator.simulate import Simulated, simulate
from xiaoer.simulator.truth import Truth

__all__ = ["ALL_FORMS", "Form", "Simulated", "Truth", "simulate", "write_canonical", "write_exports"]
