"""One agent: their figures, where they lie among the team, how they go by day, what stands behind them."""
