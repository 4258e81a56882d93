"""An outside large model asked for its opinion: off unless somebody gives an address; all else works without it."""
