"""People: invited, joined, bound to accounts, gone."""
