"""How many contacts each interval to come will bring: models, bands, a backtest, what is known of days."""
