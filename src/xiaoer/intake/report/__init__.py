"""Reports of other tools, wide as people export them → figures, one a row."""

from xiaoer.intake.report.fit import ReportFit, report_fit
from xiaoer.intake.report.words import ReportWords, report_words, words_known

__all__ = ["ReportFit", "ReportWords", "report_fit", "report_words", "words_known"]
