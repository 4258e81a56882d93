"""One file per mechanism; `MECHANISMS` in judge.py names them."""
