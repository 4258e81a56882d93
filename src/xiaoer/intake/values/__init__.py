"""Texts of a column → canonical values, vectorised; what the fast way does not read goes value by value."""

from xiaoer.intake.values.column import Problem, ValuesRead
from xiaoer.intake.values.read_values import read_values

__all__ = ["Problem", "ValuesRead", "read_values"]
