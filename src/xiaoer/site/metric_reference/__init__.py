"""What each figure means: the metrics by group, and one with its formula, rules and worked examples."""
