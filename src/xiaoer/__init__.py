"""Xiaoer (店小二): customer-service figures that everyone can check."""

__version__ = "0.1.0"
