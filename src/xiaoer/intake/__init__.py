"""A file in, canonical rows, rejected rows, control totals and issues out; knows no database."""

from xiaoer.intake.read_file import read_file
from xiaoer.intake.reading import Piece, Reading, ReadOptions, Rejected, Rows, Totals

__all__ = ["Piece", "ReadOptions", "Reading", "Rejected", "Rows", "Totals", "read_file"]
