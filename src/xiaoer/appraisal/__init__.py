"""Schemes → scores → pay: every step kept as a tree, within the law; import from its files by topic."""
