"""A shop that does not exist, with known truth."""

from xiaoer.simulator.simulate import Simulated, simulate

__all__ = ["Simulated", "simulate"]
